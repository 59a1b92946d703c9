using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// The smallest output scale for which the device's multipliers can be expressed. Ranges of a working network lie far above it; those of
/// outputs that are (nearly) always 0 may not.
/// </summary>
internal static class SmallestScale
{
    private const int SumBits = 20;
    private const int WideSumBits = 15;
    private const int ProductShift = 29;
    private const int WideProductShift = 13;
    private const double HardSwishRatio = 127;

    /// <summary>The smallest scale of a node's output; 0 for any.</summary>
    /// <param name="context">Where rules and schemes are.</param>
    /// <param name="node">A node that is quantized.</param>
    /// <param name="wide">True if it has 16 bits.</param>
    /// <param name="scaleOf">The scale of each input of real numbers.</param>
    public static double Of(QuantizationContext context, Node node, bool wide, Func<Tensor, double> scaleOf)
    {
        switch (node.Operation)
        {
            case AddMany or CumulativeSum or Arithmetic { Function: ArithmeticFunction.Add or ArithmeticFunction.Subtract }:
                return 2 * node.Inputs.Where(QuantizationContext.IsReal).Max(input => scaleOf(input!)) / (1 << (wide ? WideSumBits : SumBits));
            case Unary { Function: UnaryFunction.HardSwish } when !wide:
                return scaleOf(node.Input(0)) / HardSwishRatio;
            default:
                return context.Rule(node).Parameters is ProductQuantizer quantizer
                    ? scaleOf(node.Input(0)) * quantizer.LargestScale(context, node) / (1 << (wide ? WideProductShift : ProductShift))
                    : 0;
        }
    }
}
