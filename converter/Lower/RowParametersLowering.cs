using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// Operands and attributes that <see cref="Runtime.Kernels.RowParameters"/> reads: bias, multipliers, shifts; offsets, clamp, accumulator
/// width.
/// </summary>
internal sealed record RowParametersLowering(LoweredTensor? Bias, LoweredTensor Multipliers, LoweredTensor Shifts, int[] Attributes)
{
    /// <summary>The largest shift where accumulators have 64 bits: multipliers are cut to 16 bits there.</summary>
    private const int MaximumWideShift = 14;

    /// <summary>Makes them for a product of data with constant weights.</summary>
    /// <param name="context">Where constants are made.</param>
    /// <param name="node">Inputs: data, weights, bias (optional).</param>
    /// <param name="activation">The fused activation.</param>
    /// <param name="realMultipliers">One for all outputs, or one for each.</param>
    /// <param name="weightZeroPoint">The weights' zero point.</param>
    /// <param name="wide">True if 16-bit data accumulate in 64 bits.</param>
    /// <returns>Null, after saying why, if the scales are too far apart.</returns>
    public static RowParametersLowering? Of(LoweringContext context, Node node, Activation activation, double[] realMultipliers, int weightZeroPoint, bool wide)
    {
        Tensor output = node.Output();
        QuantizedMultiplier[] multipliers = Array.ConvertAll(realMultipliers, QuantizedMultiplier.From);
        bool has16Bits = node.Input(0).Type == DataType.Int16;
        int mostShift = has16Bits && wide ? MaximumWideShift : QuantizedMultiplier.MaximumShift;
        if (Array.Exists(multipliers, multiplier => multiplier.Shift > mostShift || multiplier.Multiplier < 0))
        {
            context.Refuse(
                "The output's scale is too small for the scales of data and weights.", "Calibrate the network again: the output's range cannot be as small as its scale says.");
            return null;
        }

        OutputRange range = OutputRange.Of(output, activation);
        List<int> attributes =
        [
            -node.Input(0).Quantization!.ZeroPoint,
            -weightZeroPoint,
            output.Quantization!.ZeroPoint,
            range.Minimum,
            range.Maximum,
        ];
        if (has16Bits)
        {
            attributes.Add(wide ? 64 : 32);
        }

        return new RowParametersLowering(
            context.OptionalOperand(node.OptionalInput(2)),
            context.Constant(Array.ConvertAll(multipliers, multiplier => multiplier.Multiplier)),
            context.Constant(Array.ConvertAll(multipliers, multiplier => (sbyte)multiplier.Shift)),
            [.. attributes]);
    }

    /// <summary>
    /// Checks what convolutions and fully connected operators share: types of data, weights and bias, quantization of all, constant weights.
    /// </summary>
    /// <param name="context">Where the node is refused.</param>
    /// <param name="node">Inputs: data, weights, bias (optional).</param>
    /// <param name="axis">The weights' axis of outputs, along which they may have scales of their own.</param>
    /// <returns>False, after saying why, if something is not supported.</returns>
    public static bool Check(LoweringContext context, Node node, int axis)
    {
        Tensor data = node.Input(0);
        Tensor weights = node.Input(1);
        Tensor output = node.Output();
        int before = context.Refusals.Count;
        if (data.Type is not (DataType.Int8 or DataType.Int16) || weights.Type is not (DataType.Int8 or DataType.Int4) || output.Type is not (DataType.Int8 or DataType.Int16))
        {
            context.Refuse("Supported are data and output of int8 or int16, and weights of int8 or int4.", "Quantize the network to int8, or to int16 activations with int8 weights.");
        }

        if (!weights.IsConstant)
        {
            context.Refuse("The weights are computed while the network runs.", "Use a matrix product of two activations (BATCH_MATMUL) instead.");
        }

        if (data.Quantization is null || weights.Quantization is null || output.Quantization is null)
        {
            context.Refuse("Data, weights or output carry no quantization parameters.", "Convert the network again with full integer quantization.");
        }
        else if (data.Quantization.IsPerChannel || output.Quantization.IsPerChannel || (weights.Quantization.IsPerChannel && weights.Quantization.Axis != axis))
        {
            context.Refuse($"Data and output must have one scale each, the weights one or as many as dimension {axis} is long.", "Convert the network again with full integer quantization.");
        }

        if (weights.Quantization is Quantization given && Array.Exists(given.ZeroPoints, point => point is < sbyte.MinValue or > sbyte.MaxValue))
        {
            context.Refuse("A zero point of the weights lies outside their type.", "Convert the network again with full integer quantization.");
        }

        if (node.OptionalInput(2) is Tensor bias && !(bias.IsConstant && (bias.Type == DataType.Int32 || (bias.Type == DataType.Int64 && data.Type == DataType.Int16))))
        {
            context.Refuse("The bias must be a constant of int32, or of int64 with 16-bit data.", "Convert the network again with full integer quantization.");
        }

        return context.Refusals.Count == before;
    }

    /// <summary>The zero point of the weights if it is one for all channels; 0 if each has its own.</summary>
    public static int WeightZeroPoint(Node node)
    {
        Quantization weights = node.Input(1).Quantization!;
        return weights.HasOneZeroPoint ? weights.ZeroPoint : 0;
    }

    /// <summary>The operand with minus the zero point of each output channel's weights; nothing if they have one for all.</summary>
    public static LoweredTensor[] WeightOffsets(LoweringContext context, Node node)
    {
        Quantization weights = node.Input(1).Quantization!;
        return weights.HasOneZeroPoint ? [] : [context.Constant(Array.ConvertAll(weights.ZeroPoints, point => (short)-point))];
    }

    /// <summary>One multiplier for each output channel: data scale x weight scale / output scale, in double precision.</summary>
    public static double[] PerChannel(Node node, int channels)
    {
        float[] scales = node.Input(1).Quantization!.Scales;
        double[] multipliers = new double[channels];
        for (int i = 0; i < channels; i++)
        {
            multipliers[i] = (double)node.Input(0).Quantization!.Scale * scales[scales.Length == 1 ? 0 : i] / node.Output().Quantization!.Scale;
        }

        return multipliers;
    }
}
