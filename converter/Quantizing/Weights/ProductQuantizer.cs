using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Codebooks;
using EdgeQuant.Converter.Quantizing.Operators;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>
/// Weights and bias of convolutions and fully connected operators. A channel whose bias would not fit its accumulator at the scale of its
/// products gets a larger scale.
/// </summary>
/// <param name="axis">The weights' axis of output channels.</param>
/// <param name="form">What the device can do with them.</param>
internal sealed class ProductQuantizer(int axis, ProductForm form) : ParameterQuantizer
{
    private const int WeightsInput = 1;
    private const int BiasInput = 2;

    /// <summary>Weights smaller than such a part of a step of the output do not show.</summary>
    private const double Invisible = 1.0 / (1 << 28);

    /// <summary>The part of a step of the output that a bias without weights is rounded to.</summary>
    private const double BiasStep = 1.0 / 256;

    /// <summary>The scale of weights that are all 0, where products may have any scale.</summary>
    private const double SmallestDynamicScale = 1e-30;

    public override bool Handles(Node node, int input)
    {
        return input is WeightsInput or BiasInput;
    }

    public override void Run(QuantizationContext context, TensorRanges ranges, Node node)
    {
        WeightScheme scheme = context.Schemes[node].Weights;
        Tensor weights = node.Input(WeightsInput);
        bool wide = node.Input(0).Type == DataType.Int16;
        if (scheme.Encoding == WeightEncoding.Float)
        {
            return;
        }

        bool dynamic = context.FindsScale(node);
        if (Problem(scheme, weights, dynamic) is (string reason, string help))
        {
            context.Refuse(node, reason, help);
            return;
        }

        Tensor? bias = node.OptionalInput(BiasInput);
        float[]? biases = bias is null ? [] : QuantizedConstants.Values(context, node, bias);
        if (QuantizedConstants.Values(context, node, weights) is not float[] values || biases is null)
        {
            return;
        }

        if (!context.Weights.TryGetValue(context.Sources[weights], out QuantizedWeights? quantized))
        {
            double[] smallest = dynamic ? [.. Enumerable.Repeat(SmallestDynamicScale, weights.Shape[axis])] : SmallestScales(node, values, biases, wide);
            quantized = scheme.Encoding == WeightEncoding.Codebook
                ? CodebookQuantizer.Run(values, weights.Shape, axis, scheme, new CodebookOptions(SmallestScales: smallest))
                : WeightQuantizer.Run(values, weights.Shape, axis, scheme, smallest);
        }

        node.Inputs[WeightsInput] = context.Constant(weights, QuantizedConstants.Of(weights, scheme.Encoding == WeightEncoding.Int4 ? DataType.Int4 : DataType.Int8, quantized));
        if (dynamic)
        {
            // The bias stays as it is: the device brings it to the scale that products have.
            return;
        }

        SetBias(node, bias?.Name ?? weights.Name + "_bias", biases, quantized.Quantization, wide);
    }

    /// <summary>The largest scale that weights will have.</summary>
    public double LargestScale(QuantizationContext context, Node node)
    {
        WeightScheme scheme = context.Schemes[node].Weights;
        if (!node.Input(WeightsInput).IsConstant || scheme.Encoding == WeightEncoding.Float)
        {
            return 0;
        }

        TensorRange range = ConstantRange.Of(node.Input(WeightsInput));
        double largest = Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum)) / IntegerRange.Of(scheme.Encoding, symmetric: true).Highest;
        return scheme.PowerOfTwo ? 2 * largest : largest;
    }

    /// <summary>A 16-bit product has a bias in any case: by its type the device tells that it accumulates in 64 bits.</summary>
    private static void SetBias(Node node, string name, float[] biases, Quantization weights, bool wide)
    {
        if (biases.Length == 0 && wide)
        {
            biases = new float[node.Output().Shape[^1]];
        }

        if (biases.Length > 0)
        {
            Tensor bias = BiasQuantizer.Run(name, biases, node.Input(0).Quantization!.Scale, weights, wide);
            node.Inputs = [node.Inputs[0], node.Inputs[WeightsInput], bias];
        }
    }

    /// <summary>The smallest scale of each output channel's weights.</summary>
    private double[] SmallestScales(Node node, float[] values, float[] biases, bool wide)
    {
        double data = node.Input(0).Quantization!.Scale;
        double output = node.Output().Quantization!.Scale;
        int[] shape = node.Input(WeightsInput).Shape;
        int channels = shape[axis];
        float[][] slices = new WeightSlices(shape, axis, channels).Split(values);
        double[] smallest = new double[channels];
        for (int i = 0; i < channels; i++)
        {
            bool empty = Array.TrueForAll(slices[i], value => value == 0);
            double product = biases.Length == 0 ? 0 : BiasQuantizer.SmallestProductScale(biases[i], wide);
            smallest[i] = Math.Max(product, output * (empty ? BiasStep : Invisible)) / data;
        }

        return smallest;
    }

    private (string Reason, string Help)? Problem(WeightScheme scheme, Tensor weights, bool dynamic)
    {
        if (!weights.IsConstant)
        {
            return ($"The weights of {form.Name} are computed while the network runs.", "Use a matrix product of two activations instead.");
        }

        return scheme.Symmetric ? null
            : !form.HasZeroPoint ? ($"The device has no weights with a zero point for {form.Name}.", "Give it symmetric weights by a rule of the recipe.")
            : scheme.PerChannel && dynamic ? ("Channels whose weights have zero points of their own need activations with a fixed scale.", "Use symmetric weights, or one scale for all (perChannel false).")
            : null;
    }
}
