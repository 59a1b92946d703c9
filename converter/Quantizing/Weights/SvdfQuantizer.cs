using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Operators;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>
/// Weights, bias and state of a singular value decomposition filter. State and time weights have 16 bits; of the time weights only as many are
/// used as leave the sum of all products of a unit below 31 bits.
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
        Quantization timeScale = AffineParameters.Widened(TimeScale(weights, node), smallest, powerOfTwo: false);
        QuantizedStates.Run(state, DataType.Int16, stateScale);
        node.Inputs[Svdf.FeatureWeights] = feature;
        node.Inputs[Svdf.TimeWeights] = context.Constant(time, QuantizedConstants.Of(time, DataType.Int16, timeScale));
        node.Inputs[Svdf.Bias] = bias is null ? null : BiasQuantizer.Run(bias.Name, biases, stateScale.Scale, timeScale, wide: false);
    }

    private static Quantization TimeScale(float[] weights, Node node)
    {
        int unit = weights.Length / node.Output().Shape[^1];
        double largest = weights.Max(value => Math.Abs((double)value));
        double sum = weights.Chunk(unit).Max(chunk => chunk.Sum(value => Math.Abs((double)value)));
        double scale = Math.Max(largest / short.MaxValue, sum / LargestSum);
        return Quantization.PerTensor(scale > 0 ? (float)scale : 1, 0);
    }
}
