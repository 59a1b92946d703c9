using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Threads;

namespace EdgeQuant.Runtime;

/// <summary>Loading and data on .NET: the file is one array, inputs and outputs are spans.</summary>
public sealed partial class Network
{
    /// <summary>What a network may take for arena and state unless the caller says otherwise: 256 MiB.</summary>
    public const int DefaultMemoryLimit = 256 * 1024 * 1024;

    /// <summary>The most threads that a network may be loaded for: 64.</summary>
    public const int MostThreads = WorkerPool.MostThreads;

    /// <summary>Loads a network. The array is used in place as long as the network lives: do not write to it.</summary>
    /// <param name="file">The whole <c>.eqm</c> file.</param>
    /// <param name="memoryLimit">The most bytes that arena and state together may take.</param>
    /// <param name="threads">
    /// How many threads compute, the one that calls <see cref="Invoke"/> included: 1 to <see cref="MostThreads"/>, best no more than there are cores. They
    /// share convolutions and products that are large enough to gain; the bytes that come out are the same. Networks loaded for as many threads share them;
    /// while they work for one network, another runs on its caller's thread alone.
    /// </param>
    /// <exception cref="ModelFormatException">The file is damaged, needs a newer runtime, or more memory than allowed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is none of those.</exception>
    public static Network Load(byte[] file, int memoryLimit = DefaultMemoryLimit, int threads = 1)
    {
        return new Network(new ModelFile(file), KernelSets.OnThreads(KernelSets.Best, threads), memoryLimit);
    }

    /// <summary>
    /// Loads a network with as little memory as possible: weights stay as they are in the file, where <see cref="Load(byte[], int, int)"/> keeps
    /// a second copy of them in the order that is fastest on this CPU. The bytes that come out are the same. It runs on one thread.
    /// </summary>
    /// <param name="file">The whole <c>.eqm</c> file, used in place as long as the network lives: do not write to it.</param>
    /// <param name="memoryLimit">The most bytes that arena and state together may take.</param>
    /// <exception cref="ModelFormatException">The file is damaged, needs a newer runtime, or more memory than allowed.</exception>
    public static Network LoadCompact(byte[] file, int memoryLimit = DefaultMemoryLimit)
    {
        return new Network(new ModelFile(file), KernelSets.Compact, memoryLimit);
    }

    /// <summary>The model card of a file: UTF-8 JSON for those who are given the file. Empty if it has none.</summary>
    /// <param name="file">The whole <c>.eqm</c> file.</param>
    /// <exception cref="ModelFormatException">The file is damaged.</exception>
    public static ReadOnlyMemory<byte> CardOf(byte[] file)
    {
        ModelFile model = new(file);
        return model.Has(SectionKind.ModelCard) ? file.AsMemory(model.OffsetOf(SectionKind.ModelCard), model.LengthOf(SectionKind.ModelCard)) : default;
    }

    internal static Network Load(byte[] file, KernelSet kernels)
    {
        return new Network(new ModelFile(file), kernels, DefaultMemoryLimit);
    }

    /// <summary>The bytes of an input, to be written before <see cref="Invoke"/>; 16- and 32-bit elements are little endian.</summary>
    /// <param name="index">0 to <see cref="InputCount"/> - 1.</param>
    public Span<sbyte> Input(int index = 0)
    {
        return _inputs[index].Int8();
    }

    /// <summary>The bytes of an output, valid from one <see cref="Invoke"/> to the next.</summary>
    /// <param name="index">0 to <see cref="OutputCount"/> - 1.</param>
    public ReadOnlySpan<sbyte> Output(int index = 0)
    {
        return _outputs[index].Int8();
    }

    /// <summary>Type, shape and quantization of an input.</summary>
    /// <param name="index">0 to <see cref="InputCount"/> - 1.</param>
    public TensorDescription DescribeInput(int index = 0)
    {
        return new TensorDescription(_boundary.Input(index));
    }

    /// <summary>Type, shape and quantization of an output.</summary>
    /// <param name="index">0 to <see cref="OutputCount"/> - 1.</param>
    public TensorDescription DescribeOutput(int index = 0)
    {
        return new TensorDescription(_boundary.Output(index));
    }
}
