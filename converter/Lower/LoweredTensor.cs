using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>A tensor as it will stand in the file.</summary>
internal sealed class LoweredTensor
{
    public required ElementType Type { get; init; }

    public required int[] Shape { get; init; }

    public required TensorStorage Storage { get; init; }

    public TensorEncoding Encoding { get; init; }

    public float Scale { get; init; }

    public int ZeroPoint { get; init; }

    /// <summary>The bytes of a constant.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The buffer of a tensor in the arena; changes when the planner lets an operator compute in place.</summary>
    public LoweredBuffer? Buffer { get; set; }

    /// <summary>Where the tensor starts: in its buffer (arena), in the state area (state).</summary>
    public int Offset { get; set; }

    /// <summary>The graph's tensor that this one holds; null for parameters and scratch.</summary>
    public Graph.Tensor? Source { get; init; }

    public int ElementCount => Shape.Aggregate(1, (product, size) => product * size);

    public int ByteLength => Encoding switch
    {
        TensorEncoding.PackedInt4 => (ElementCount + 1) / 2,
        TensorEncoding.Shared => Data!.Length,
        _ => ElementCount * TensorTable.BytesOf(Type),
    };
}
