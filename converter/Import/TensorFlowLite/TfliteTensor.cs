using System.Collections.Immutable;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>A tensor of a subgraph: an input, a constant, a state or what an operator makes.</summary>
internal sealed class TfliteTensor
{
    /// <summary>Position in <see cref="TfliteSubgraph.Tensors"/>.</summary>
    public required int Index { get; init; }

    /// <summary>For people only; may be empty and need not be unique.</summary>
    public required string Name { get; init; }

    public required TfliteType Type { get; init; }

    /// <summary>Extents, outermost first, each 0 or more, or -1 where unknown. Empty for a scalar.</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary><see cref="Shape"/> with -1 where the extent may change from run to run; empty if the file does not say.</summary>
    public required ImmutableArray<int> ShapeSignature { get; init; }

    /// <summary>Product of <see cref="Shape"/>, at most <see cref="int.MaxValue"/>; -1 if an extent is unknown.</summary>
    public required int ElementCount { get; init; }

    /// <summary>Position in the file's list of buffers; 0 by convention for a tensor without data.</summary>
    public required int BufferIndex { get; init; }

    /// <summary>
    /// The constant's bytes, little endian, row-major, elements below a byte packed low bits first. Null if the file holds none: then the
    /// tensor is computed, fed or a state, or is a constant of no elements. Several tensors may share the same bytes.
    /// </summary>
    public required ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Null if the tensor is not quantized.</summary>
    public required TfliteQuantization? Quantization { get; init; }

    /// <summary>Keeps its value from one run to the next.</summary>
    public required bool IsVariable { get; init; }

    /// <summary><see cref="Data"/> is stored sparse: its length follows the sparsity pattern, not the shape.</summary>
    public required bool IsSparse { get; init; }
}
