using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>The weights of nodes: constants that data are multiplied with, or looked up in, and that are stored in few bits.</summary>
internal static class NodeWeights
{
    /// <summary>The weights of a node, in the order of its inputs.</summary>
    public static IEnumerable<Tensor> Of(Node node)
    {
        bool hasWeights = node.Operation is Convolution2D or DepthwiseConvolution2D or TransposedConvolution2D or FullyConnected or BatchMatrixProduct or DynamicProduct or Lstm or Svdf or EmbeddingLookup or Gather or PRelu;
        return hasWeights ? node.Inputs.OfType<Tensor>().Where(input => input.IsConstant && IsHeldInFewBits(input)) : [];
    }

    private static bool IsHeldInFewBits(Tensor tensor)
    {
        return tensor is { Quantization: not null, Type: DataType.Int4 or DataType.Int8 or DataType.UInt8 or DataType.Int16 };
    }
}
