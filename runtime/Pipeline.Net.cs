using EdgeQuant.Runtime.Deciding;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Runtime;

/// <summary>Loading and data on .NET: the file is one array, samples and features are spans.</summary>
public sealed partial class Pipeline
{
    /// <summary>The last frame's features in the form of the network's input, little endian; zeros before the first frame.</summary>
    public ReadOnlySpan<sbyte> Features => _features.Int8();

    /// <summary>Loads a pipeline. The array is used in place as long as the pipeline lives: do not write to it.</summary>
    /// <param name="file">The whole <c>.eqm</c> file.</param>
    /// <param name="memoryLimit">The most bytes that the arenas and states of network and front end together may take.</param>
    /// <param name="threads">How many threads compute, as for <see cref="Network.Load(byte[], int, int)"/>.</param>
    /// <exception cref="ModelFormatException">The file is damaged, has no signal or decision section, or needs more memory than allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is none of those that are allowed.</exception>
    public static Pipeline Load(byte[] file, int memoryLimit = Network.DefaultMemoryLimit, int threads = 1)
    {
        return Load(file, memoryLimit, (bytes, limit) => Network.Load(bytes, limit, threads));
    }

    /// <summary>Loads a pipeline whose networks take as little memory as possible, and more time (<see cref="Network.LoadCompact"/>). It decides the same.</summary>
    /// <param name="file">The whole <c>.eqm</c> file, used in place as long as the pipeline lives: do not write to it.</param>
    /// <param name="memoryLimit">The most bytes that the arenas and states of network and front end together may take.</param>
    /// <exception cref="ModelFormatException">The file is damaged, has no signal or decision section, or needs more memory than allowed.</exception>
    public static Pipeline LoadCompact(byte[] file, int memoryLimit = Network.DefaultMemoryLimit)
    {
        return Load(file, memoryLimit, Network.LoadCompact);
    }

    private static Pipeline Load(byte[] file, int memoryLimit, Func<byte[], int, Network> load)
    {
        ModelFile model = new(file);
        SignalSettings signal = new(model);
        DecisionSettings decision = new(model);
        Network network = load(file, memoryLimit);
        Network? frontEnd = null;
        if (signal.NetworkLength > 0)
        {
            byte[] nested = file.AsSpan(model.OffsetOf(SectionKind.Signal) + signal.NetworkOffset, signal.NetworkLength).ToArray();
            frontEnd = load(nested, memoryLimit - network.ArenaBytes - network.StateBytes);
        }

        return new Pipeline(signal, decision, network, frontEnd);
    }

    /// <summary>
    /// Takes samples, up to the one that makes an inference due, which then runs: call it again with the rest. Allocates nothing.
    /// </summary>
    /// <param name="samples">Interleaved samples, one int16 for each channel; whole ones.</param>
    /// <returns>How many samples were taken (not numbers: <see cref="Channels"/> for each sample).</returns>
    /// <exception cref="ArgumentException">The last sample is not whole.</exception>
    public int Push(ReadOnlySpan<short> samples)
    {
        if (samples.Length % Channels != 0)
        {
            throw new ArgumentException($"{samples.Length} numbers are no whole samples of {Channels} channels.", nameof(samples));
        }

        int count = samples.Length / Channels;
        int taken = 0;
        Decided = false;
        while (taken < count && !Decided)
        {
            int piece = Math.Min(count - taken, _samples.Wanted);
            int skipped = _samples.Skip(piece);
            piece -= skipped;
            _taken += skipped;
            taken += skipped;
            samples.Slice(taken * Channels, piece * Channels).CopyTo(_samples.Take(piece).Int16());
            taken += piece;
            Follow(piece);
        }

        return taken;
    }
}
