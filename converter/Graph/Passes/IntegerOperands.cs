using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>The integer operands of a node that has computed with real numbers so far.</summary>
internal static class IntegerOperands
{
    private const int Bias = 2;
    private const float ScaleTolerance = 1e-5f;

    /// <summary>The integers behind an input, as far as the network says them; the input itself if it holds no real numbers, else null.</summary>
    public static Tensor? Known(Tensor? input, Dictionary<Tensor, Node> producers)
    {
        if (input is null || input.Type != DataType.Float32)
        {
            return input;
        }

        return input.Integers ?? (producers.GetValueOrDefault(input) is { Operation: Dequantize } node ? node.Input(0) : null);
    }

    /// <summary>
    /// All inputs as integers: constants of real numbers that the network leaves real are quantized, biases at the scale of the products that
    /// they are added to.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="known">What <see cref="Known"/> gives for each input.</param>
    /// <returns>Null if an input is no constant and has no integers.</returns>
    public static Tensor?[]? Of(Node node, Tensor?[] known)
    {
        Tensor?[] operands = new Tensor?[known.Length];
        bool isWide = Array.Exists(known, tensor => tensor is { IsConstant: false, Type: DataType.Int16, Quantization: not null });
        for (int i = 0; i < known.Length; i++)
        {
            if (node.Inputs[i] is not Tensor input)
            {
                continue;
            }

            operands[i] = IsBias(node, i) ? BiasOf(input, known) : known[i] ?? ConstantOf(input, isWide ? DataType.Int16 : DataType.Int8);
            if (operands[i] is null)
            {
                return null;
            }
        }

        return operands;
    }

    /// <summary>
    /// All inputs of a comparison, or of a search for an extreme, as integers. Constants are quantized so that the comparison with every integer
    /// tells what the one with its real number did.
    /// </summary>
    /// <returns>Null if an input is no constant and has no integers.</returns>
    public static Tensor?[]? OfComparison(Node node, Tensor?[] known)
    {
        Tensor?[]? operands = Of(node, known);
        if (operands is null || node.Operation is not Comparison comparison)
        {
            return operands;
        }

        for (int i = 0; i < operands.Length; i++)
        {
            if (node.Inputs[i] is { IsConstant: true, Type: DataType.Float32 } constant && known[1 - i] is { IsConstant: false, Quantization: { IsPerChannel: false } scale } other)
            {
                operands[i] = ComparedConstant.Of(constant, i == 0 ? comparison.Function : ComparedConstant.Mirrored(comparison.Function), other.Type, scale) ?? operands[i];
            }
        }

        return operands[0]!.Type == operands[1]!.Type ? operands : null;
    }

    private static bool IsBias(Node node, int input)
    {
        return input == Bias && node.Operation is (Convolution2D or DepthwiseConvolution2D or TransposedConvolution2D or FullyConnected);
    }

    /// <summary>The bias as the file has it where it has the scale of the products, or rescaled to it.</summary>
    private static Tensor? BiasOf(Tensor bias, Tensor?[] known)
    {
        if (!bias.IsConstant || known[0]?.Quantization is not Quantization data || known[1]?.Quantization is not Quantization weights)
        {
            return null;
        }

        bool wide = known[0]!.Type == DataType.Int16;
        if (!wide && bias.Integers is { Type: DataType.Int32, Quantization: Quantization given } integers && HasScaleOf(given, data, weights))
        {
            return integers;
        }

        Quantization along = weights.IsPerChannel ? weights : Quantization.PerTensor(weights.Scale, 0);
        return ConstantValues.Of(bias) is float[] values && (!along.IsPerChannel || along.Scales.Length == values.Length)
            ? BiasQuantizer.Run(bias.Name, values, data.Scale, along, wide)
            : null;
    }

    private static bool HasScaleOf(Quantization bias, Quantization data, Quantization weights)
    {
        if (Array.Exists(bias.ZeroPoints, point => point != 0) || (bias.Scales.Length != weights.Scales.Length && bias.Scales.Length != 1))
        {
            return false;
        }

        for (int i = 0; i < weights.Scales.Length; i++)
        {
            float product = data.Scale * weights.Scales[i];
            if (MathF.Abs(bias.Scales[bias.IsPerChannel ? i : 0] - product) > ScaleTolerance * product)
            {
                return false;
            }
        }

        return true;
    }

    private static Tensor? ConstantOf(Tensor input, DataType type)
    {
        return input.IsConstant && input.Type == DataType.Float32
            ? QuantizedConstants.Of(input, type, AffineParameters.Of(ConstantRange.Of(input), type, symmetric: type == DataType.Int16, powerOfTwo: false))
            : null;
    }
}
