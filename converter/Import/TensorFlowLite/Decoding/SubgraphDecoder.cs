using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Reads subgraphs of a model whose operator codes and buffers have been read.</summary>
internal sealed class SubgraphDecoder(ImmutableArray<TfliteOperatorCode> codes, ImmutableArray<ReadOnlyMemory<byte>> buffers, int subgraphCount)
{
    private readonly TensorDecoder tensorDecoder = new(buffers);

    public TfliteSubgraph Decode(FlatBufferTable subgraph, int index)
    {
        ImmutableArray<TfliteTensor> tensors = subgraph.TableVector(0, "tensors").Select(tensorDecoder.Decode);
        NodeDecoder nodeDecoder = new(codes, tensors.Length, subgraphCount);
        return new TfliteSubgraph
        {
            Index = index,
            Name = subgraph.String(4, "name") ?? "",
            Tensors = tensors,
            Inputs = TensorIndices.Read(subgraph, 1, "inputs", tensors.Length),
            Outputs = TensorIndices.Read(subgraph, 2, "outputs", tensors.Length),
            Nodes = subgraph.TableVector(3, "operators").Select(nodeDecoder.Decode),
        };
    }
}
