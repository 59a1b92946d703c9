using System;
using EdgeQuant.Runtime.Deciding;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Runtime;

/// <summary>Loading and data on nanoFramework: the file is read section by section, samples are copied from an array.</summary>
public sealed partial class Pipeline
{
    /// <summary>Loads a pipeline. The source is used again by <see cref="Reset"/> where a state starts from constants.</summary>
    /// <param name="source">Where the <c>.eqm</c> file is read from.</param>
    /// <exception cref="ModelFormatException">The file is damaged, has no signal or decision section, or needs more memory than allowed.</exception>
    public static Pipeline Load(IModelSource source)
    {
        return Load(source, Network.DefaultMemoryLimit);
    }

    /// <summary>Loads a pipeline with another limit for arenas and states.</summary>
    public static Pipeline Load(IModelSource source, int memoryLimit)
    {
        ModelFile model = new ModelFile(source);
        SignalSettings signal = new SignalSettings(model);
        DecisionSettings decision = new DecisionSettings(model);
        Network network = Network.Load(source, memoryLimit);
        Network? frontEnd = null;
        if (signal.NetworkLength > 0)
        {
            IModelSource nested = new NestedSource(source, model.OffsetOf(SectionKind.Signal) + signal.NetworkOffset, signal.NetworkLength);
            frontEnd = Network.Load(nested, memoryLimit - network.ArenaBytes - network.StateBytes);
        }

        return new Pipeline(signal, decision, network, frontEnd);
    }

    /// <summary>
    /// Takes samples, up to the one that makes an inference due, which then runs: call it again with the rest. Allocates nothing.
    /// </summary>
    /// <param name="samples">Interleaved samples, one int16 for each channel.</param>
    /// <param name="start">The index of the first number.</param>
    /// <param name="count">Samples from there on, <see cref="Channels"/> numbers each.</param>
    /// <returns>How many samples were taken.</returns>
    public int Push(short[] samples, int start, int count)
    {
        VectorRange.Check(0, count, samples.Length / Channels);
        VectorRange.Check(start, count * Channels, samples.Length);
        int taken = 0;
        Decided = false;
        while (taken < count && !Decided)
        {
            int piece = count - taken < _samples.Wanted ? count - taken : _samples.Wanted;
            int skipped = _samples.Skip(piece);
            piece -= skipped;
            _taken += skipped;
            taken += skipped;
            Int16Vector room = _samples.Take(piece).Int16();
            int from = start + (taken * Channels);
            for (int i = 0; i < piece * Channels; i++)
            {
                room[i] = samples[from + i];
            }

            taken += piece;
            Follow(piece);
        }

        return taken;
    }

    /// <summary>Copies out the last frame's features in the form of the network's input.</summary>
    /// <param name="values">Room for as many bytes.</param>
    public void GetFeatures(sbyte[] values)
    {
        _features.Int8().CopyTo(new Int8Vector(values, 0, values.Length));
    }
}
