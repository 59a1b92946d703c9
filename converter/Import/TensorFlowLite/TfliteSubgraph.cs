using System.Collections.Immutable;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>One graph of the file: the network, or what a control-flow operator such as CALL_ONCE runs.</summary>
internal sealed class TfliteSubgraph
{
    /// <summary>Position in <see cref="TfliteModel.Subgraphs"/>.</summary>
    public required int Index { get; init; }

    /// <summary>For people only; may be empty.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<TfliteTensor> Tensors { get; init; }

    /// <summary>Indices into <see cref="Tensors"/>.</summary>
    public required ImmutableArray<int> Inputs { get; init; }

    /// <summary>Indices into <see cref="Tensors"/>.</summary>
    public required ImmutableArray<int> Outputs { get; init; }

    /// <summary>In the order in which they run.</summary>
    public required ImmutableArray<TfliteNode> Nodes { get; init; }
}
