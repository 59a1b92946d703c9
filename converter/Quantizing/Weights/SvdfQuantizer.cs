using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Operators;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>
/// Weights, bias and state of a singular value decomposition filter. The state has 16 bits, and so have time weights where the scheme asks for 8;
/// of their range only as much is used as leaves the sum of all products of a unit below 31 bits.
/// </summary>
internal sealed class SvdfQuantizer : ParameterQuantizer
{
    private const double LargestSum = (double)(1 << 30) / short.MaxValue;

    public override bool Handles(Node node, int input)
    {
        return input != Svdf.Data;
    }

    public override void Run(QuantizationContext context, TensorRanges ranges, Node node)
    {
        Tensor time = node.Input(Svdf.TimeWeights);
        Tensor? bias = node.OptionalInput(Svdf.Bias);
        float[]? biases = bias is null ? [] : QuantizedConstants.Values(context, node, bias);
        if (!RecurrentWeights.Check(context, node)
            || RecurrentWeights.Run(context, node, Svdf.FeatureWeights, 0) is not Tensor feature
            || QuantizedConstants.Values(context, node, time) is not float[] weights
            || biases is null)
        {
            return;
        }

        Tensor state = node.Input(Svdf.State);
        Quantization stateScale = AffineParameters.Of(ranges.Of(state, DataType.Int16, context.Schemes[node]), DataType.Int16, symmetric: true, context.Schemes[node].Activations.PowerOfTwo);
        double smallest = biases.Select(value => BiasQuantizer.SmallestProductScale(value, wide: false)).Append(0).Max() / stateScale.Scale;
        Tensor? quantizedTime = context.Schemes[node].Weights.Encoding == WeightEncoding.Int8
            ? context.Constant(time, QuantizedConstants.Of(time, DataType.Int16, WideTimeScale(weights, node, smallest)))
            : RecurrentWeights.Run(context, node, Svdf.TimeWeights, Math.Max(smallest, LargestUnit(weights, node) / LargestSum));
        if (quantizedTime is null)
        {
            return;
        }

        QuantizedStates.Run(state, DataType.Int16, stateScale);
        node.Inputs[Svdf.FeatureWeights] = feature;
        node.Inputs[Svdf.TimeWeights] = quantizedTime;
        node.Inputs[Svdf.Bias] = bias is null ? null : BiasQuantizer.Run(bias.Name, biases, stateScale.Scale, quantizedTime.Quantization!, wide: false);
    }

    private static Quantization WideTimeScale(float[] weights, Node node, double smallest)
    {
        double largest = weights.Max(value => Math.Abs((double)value));
        double scale = Math.Max(largest / short.MaxValue, LargestUnit(weights, node) / LargestSum);
        return AffineParameters.Widened(Quantization.PerTensor(scale > 0 ? (float)scale : 1, 0), smallest, powerOfTwo: false);
    }

    /// <summary>The largest sum of a unit's absolute weights.</summary>
    private static double LargestUnit(float[] weights, Node node)
    {
        return weights.Chunk(weights.Length / node.Output().Shape[^1]).Max(chunk => chunk.Sum(value => Math.Abs((double)value)));
    }
}
