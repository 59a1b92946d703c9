using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// Operands and attributes that <see cref="Runtime.Operators.DynamicRows"/> reads: weights, bias, multipliers, shifts; weight offset, bias
/// shift, clamp.
/// </summary>
internal sealed record DynamicRowsLowering(LoweredTensor Weights, LoweredTensor? Bias, LoweredTensor Multipliers, LoweredTensor Shifts, int[] Attributes)
{
    private const int BiasInput = 2;
    private const int LargestElement = 255;
    private const int LargestShift = 127;
    private const int LargestExponent = 126;

    /// <summary>Makes them for a product of data with constant weights.</summary>
    /// <param name="context">Where constants are made.</param>
    /// <param name="node">Where the bias is, of real numbers.</param>
    /// <param name="weights">The weights, whose quantization counts.</param>
    /// <param name="operand">The weights as the device gets them, rows outermost.</param>
    /// <param name="axis">The weights' axis of outputs, along which they may have scales of their own.</param>
    /// <param name="activation">The fused activation.</param>
    /// <returns>Null, after saying why, if something is not supported.</returns>
    public static DynamicRowsLowering? Of(LoweringContext context, Node node, Tensor weights, LoweredTensor operand, int axis, Activation activation)
    {
        if (!Check(context, node, weights, operand, axis))
        {
            return null;
        }

        DynamicScale[] scales = Scales(weights, axis);
        (int[] bias, int biasShift) = BiasElements(node.OptionalInput(BiasInput));
        (int lowerMultiplier, int lowerShift, int upperMultiplier, int upperShift) = Clamp(activation);
        return new DynamicRowsLowering(
            operand,
            bias.Length == 0 ? null : context.Constant(bias),
            context.Constant(Array.ConvertAll(scales, scale => scale.Multiplier)),
            context.Constant(Array.ConvertAll(scales, scale => (sbyte)scale.Shift)),
            [-weights.Quantization!.ZeroPoint, biasShift, lowerMultiplier, lowerShift, upperMultiplier, upperShift]);
    }

    /// <summary>True if a scale can be held as a multiplier and shift.</summary>
    public static bool IsExpressible(double scale)
    {
        return scale >= Math.ScaleB(1, -LargestExponent) && scale <= Math.ScaleB(1, LargestExponent);
    }

    private static bool Check(LoweringContext context, Node node, Tensor weights, LoweredTensor operand, int axis)
    {
        int before = context.Refusals.Count;
        if (!weights.IsConstant || weights.Type is not (DataType.Int8 or DataType.Int4))
        {
            context.Refuse("The weights must be a constant of int8 or int4.", "Quantize the operator with int8 or int4 weights.");
        }
        else if (weights.Quantization is not Quantization quantization
            || (quantization.IsPerChannel && quantization.Axis != axis)
            || quantization.ZeroPoints.Distinct().Count() > 1
            || quantization.ZeroPoint is < sbyte.MinValue or > sbyte.MaxValue
            || !Array.TrueForAll(quantization.Scales, scale => IsExpressible(scale)))
        {
            context.Refuse(
                $"The weights must have one scale, or one for each output along dimension {axis}, from 2^-126 to 2^126, and one zero point.", "Quantize the weights symmetrically, per tensor or per channel.");
        }
        else if ((long)Depth(operand, axis) * LargestElement * ((operand.Encoding == TensorEncoding.PackedInt4 ? 8 : 128) + Math.Abs(quantization.ZeroPoint)) > int.MaxValue)
        {
            context.Refuse($"Each result sums up {Depth(operand, axis)} products, which 32 bits may not hold.", "Quantize the operator with int8 activations.");
        }

        if (node.OptionalInput(BiasInput) is Tensor bias && node.Operation is Graph.Operations.DynamicProduct { FirstScale: > BiasInput } && Problem(bias) is string problem)
        {
            context.Refuse(problem, "Repair it in the source network.");
        }

        return context.Refusals.Count == before;
    }

    private static string? Problem(Tensor bias)
    {
        float[]? values = bias.IsConstant && bias.Type is DataType.Float16 or DataType.Float32 or DataType.Float64 ? ConstantValues.Of(bias) : null;
        return values is null ? "The bias must be a constant of real numbers."
            : Array.Exists(values, value => !float.IsFinite(value) || Math.Abs(value) > Math.ScaleB(1, LargestExponent)) ? "The bias has numbers beyond 2^126."
            : null;
    }

    private static int Depth(LoweredTensor weights, int axis)
    {
        return weights.ElementCount / weights.Shape[axis];
    }

    /// <summary>The scale of each channel, or of all; multiplier 0 where all weights are 0, so that such channels take no part in choosing the unit of results.</summary>
    private static DynamicScale[] Scales(Tensor weights, int axis)
    {
        float[] scales = weights.Quantization!.Scales;
        float[] values = ConstantValues.Of(weights)!;
        int inner = weights.Shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        bool[] used = new bool[scales.Length];
        for (int i = 0; i < values.Length; i++)
        {
            used[scales.Length == 1 ? 0 : i / inner % scales.Length] |= values[i] != 0;
        }

        return [.. scales.Select((scale, i) => used[i] ? DynamicScale.Of(scale, 0) : default)];
    }

    /// <summary>Biases as multiples of 2^(shift - 31) for the smallest shift that holds them; none if all are 0.</summary>
    private static (int[] Elements, int Shift) BiasElements(Tensor? bias)
    {
        double[] values = bias is { Type: DataType.Float16 or DataType.Float32 or DataType.Float64 } ? Array.ConvertAll(ConstantValues.Of(bias)!, value => (double)value) : [];
        double largest = values.Select(Math.Abs).Append(0).Max();
        if (largest < Math.ScaleB(1, -LargestExponent))
        {
            return ([], 0);
        }

        int shift = Math.ILogB(largest) + 1;
        return (Array.ConvertAll(values, value => (int)Math.Clamp(Math.Round(Math.ScaleB(value, 31 - shift), MidpointRounding.AwayFromZero), -int.MaxValue, int.MaxValue)), shift);
    }

    private static (int LowerMultiplier, int LowerShift, int UpperMultiplier, int UpperShift) Clamp(Activation activation)
    {
        DynamicScale six = DynamicScale.Of(6, 0);
        DynamicScale one = DynamicScale.Of(1, 0);
        return activation switch
        {
            Activation.Relu => (0, 0, int.MaxValue, LargestShift),
            Activation.Relu6 => (0, 0, six.Multiplier, six.Shift),
            Activation.ReluN1To1 => (-one.Multiplier, one.Shift, one.Multiplier, one.Shift),
            _ => (int.MinValue, LargestShift, int.MaxValue, LargestShift),
        };
    }
}
