using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime;

/// <summary>Loading and data on nanoFramework: the file is read section by section, inputs and outputs are copied.</summary>
public sealed partial class Network
{
    /// <summary>What a network may take for arena and state unless the caller says otherwise: 4 MiB.</summary>
    public const int DefaultMemoryLimit = 4 * 1024 * 1024;

    /// <summary>Loads a network. The source is used again by <see cref="Reset"/> where the state starts from constants.</summary>
    /// <param name="source">Where the <c>.eqm</c> file is read from.</param>
    /// <exception cref="ModelFormatException">The file is damaged, needs a newer runtime, or more memory than allowed.</exception>
    public static Network Load(IModelSource source)
    {
        return new Network(new ModelFile(source), new NanoKernels(), DefaultMemoryLimit);
    }

    /// <summary>Loads a network with another limit for arena and state.</summary>
    public static Network Load(IModelSource source, int memoryLimit)
    {
        return new Network(new ModelFile(source), new NanoKernels(), memoryLimit);
    }

    /// <summary>Type, shape and quantization of an input.</summary>
    public TensorDescription DescribeInput(int index)
    {
        return new TensorDescription(_boundary.Input(index));
    }

    /// <summary>Type, shape and quantization of an output.</summary>
    public TensorDescription DescribeOutput(int index)
    {
        return new TensorDescription(_boundary.Output(index));
    }

    /// <summary>Copies an input's bytes in; 16- and 32-bit elements are little endian.</summary>
    /// <param name="index">0 to <see cref="InputCount"/> - 1.</param>
    /// <param name="values">As many bytes as the input has.</param>
    public void SetInput(int index, sbyte[] values)
    {
        new Memory.Int8Vector(values, 0, values.Length).CopyTo(_inputs[index].Int8());
    }

    /// <summary>Copies an output's bytes out.</summary>
    /// <param name="index">0 to <see cref="OutputCount"/> - 1.</param>
    /// <param name="values">Room for as many bytes as the output has.</param>
    public void GetOutput(int index, sbyte[] values)
    {
        _outputs[index].Int8().CopyTo(new Memory.Int8Vector(values, 0, values.Length));
    }
}
