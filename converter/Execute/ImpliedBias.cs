using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute;

/// <summary>
/// The quantization of integer biases. Whatever a file says of them, and many say nothing, the device adds them to sums of products: their
/// scale is that of data times weights.
/// </summary>
internal static class ImpliedBias
{
    private const int Data = 0;
    private const int Weights = 1;
    private const int Bias = 2;

    /// <summary>The bias of a node with the quantization that it has there; null if the node has no constant integer bias.</summary>
    public static Tensor? Of(Node node)
    {
        if (node.Operation is not (Convolution2D or DepthwiseConvolution2D or FullyConnected or TransposedConvolution2D)
            || node.OptionalInput(Bias) is not { IsConstant: true, Type: DataType.Int32 or DataType.Int64 } bias
            || node.Input(Data).Quantization is not Quantization data
            || node.Input(Weights).Quantization is not Quantization weights)
        {
            return null;
        }

        float[] scales = Array.ConvertAll(weights.Scales, scale => data.Scale * scale);
        return new Tensor(bias.Name, bias.Type, bias.Shape) { Data = bias.Data, Quantization = new Quantization(scales, new long[scales.Length], 0) };
    }
}
