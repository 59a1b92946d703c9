using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Operators;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>The slopes of parametric rectifiers: 8 bits wide, whatever the data have.</summary>
internal sealed class SlopeQuantizer : ParameterQuantizer
{
    private const int Slopes = 1;

    public override bool Handles(Node node, int input)
    {
        return input == Slopes && node.Input(Slopes).IsConstant;
    }

    public override void Run(QuantizationContext context, TensorRanges ranges, Node node)
    {
        Tensor slopes = node.Input(Slopes);
        if (slopes.IsConstant && QuantizedConstants.Values(context, node, slopes) is not null)
        {
            Quantization quantization = AffineParameters.Of(ConstantRange.Of(slopes), DataType.Int8, symmetric: false, context.Schemes[node].Weights.PowerOfTwo);
            node.Inputs[Slopes] = context.Constant(slopes, QuantizedConstants.Of(slopes, DataType.Int8, quantization));
        }
    }
}
