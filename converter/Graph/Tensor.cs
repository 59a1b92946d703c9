namespace EdgeQuant.Converter.Graph;

/// <summary>
/// A value of the network. It is one of: a network input, the output of a node, a constant (<see cref="Data"/>), or a state
/// (<see cref="InitialState"/>), which nodes both read and write.
/// </summary>
internal sealed class Tensor(string name, DataType type, int[] shape)
{
    public string Name { get; set; } = name;

    public DataType Type { get; set; } = type;

    /// <summary>The sizes, outermost first; empty for a scalar. Always known: dynamic shapes are refused at import.</summary>
    public int[] Shape { get; set; } = shape;

    public Quantization? Quantization { get; set; }

    /// <summary>The constant's bytes (little endian, row-major; int4 two a byte, the first in the low nibble); null if it is no constant.</summary>
    public ReadOnlyMemory<byte>? Data { get; set; }

    /// <summary>That an int8 constant is stored as codebooks and indices; null if its elements are stored as they are.</summary>
    public SharedWeights? Shared { get; set; }

    /// <summary>
    /// The quantized constant that a constant of real numbers stands for, so that it can be had back to the bit; null if it was never quantized.
    /// </summary>
    public Tensor? Integers { get; set; }

    /// <summary>What a state tensor holds after a reset; null if the tensor is no state.</summary>
    public byte[]? InitialState { get; set; }

    /// <summary>Where this tensor's bytes lie inside another's, so that no operator has to move them; null if it has its own.</summary>
    public TensorView? View { get; set; }

    /// <summary>The index in the source file, or -1 for a tensor that a pass made.</summary>
    public int SourceIndex { get; init; } = -1;

    public bool IsConstant => Data is not null;

    public bool IsState => InitialState is not null;

    public int Rank => Shape.Length;

    public int ElementCount => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The tensor whose memory this one lives in: itself unless it is a view.</summary>
    public Tensor Root => View is null ? this : View.Base.Root;

    /// <summary>For messages: name, type and shape.</summary>
    public override string ToString()
    {
        return $"'{Name}' {Type.ToString().ToLowerInvariant()}[{string.Join(',', Shape)}]";
    }
}
