using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// QuantizeLinear and DequantizeLinear. Constants become real numbers that remember their integers; between the nodes for all others the
/// network computes with real numbers, until a pass sees that it need not.
/// </summary>
internal static class QuantizationImport
{
    public static void Quantize(ImportContext context)
    {
        Tensor data = context.Input(0);
        DataType type = TypeOf(context);
        Quantization quantization = QuantizationOf(context, data, 1, 2);
        if (RealConstant.Values(data) is float[] values)
        {
            context.Give(new Tensor(data.Name, type, data.Shape) { Quantization = quantization, Data = Rounded(values, data.Shape, type, quantization) });
            return;
        }

        if (quantization.IsPerChannel)
        {
            throw ImportContext.Refused("It quantizes an activation per channel.", "Quantize activations per tensor, and only weights per channel.");
        }

        context.Give(context.Graph.Quantized(data, type, quantization));
    }

    public static void Dequantize(ImportContext context)
    {
        context.Give(Real(context, 0));
    }

    /// <summary>The real numbers of a quantized input, whose scale and zero point are the two inputs behind it.</summary>
    public static Tensor Real(ImportContext context, int input)
    {
        Tensor data = context.Input(input);
        RequireQuantized(data.Type);
        Quantization quantization = QuantizationOf(context, data, input + 1, input + 2);
        return context.Graph.Real(data.IsConstant ? new Tensor(data.Name, data.Type, data.Shape) { Data = data.Data, Quantization = quantization } : Marked(data, quantization));
    }

    /// <summary>Quantizes what an operator on quantized tensors gives.</summary>
    /// <param name="context">The operator.</param>
    /// <param name="real">What it computed.</param>
    /// <param name="scale">The input that is the output's scale; its zero point stands behind it.</param>
    public static Tensor Quantized(ImportContext context, Tensor real, int scale)
    {
        DataType type = context.OptionalInput(scale + 1)?.Type ?? DataType.UInt8;
        RequireQuantized(type);
        return context.Graph.Quantized(real, type, QuantizationOf(context, real, scale, scale + 1));
    }

    /// <summary>Scale and zero point from two inputs.</summary>
    public static Quantization QuantizationOf(ImportContext context, Tensor data, int scale, int zeroPoint)
    {
        if (context.Attributes.Int("block_size", 0) != 0)
        {
            throw ImportContext.Refused("It has a scale for each block.", "Quantize per tensor or per channel.");
        }

        int axis = (int)context.Attributes.Int("axis", 1);
        context.Attributes.Ignore("saturate");
        float[] scales = context.Floats(scale, "scale");
        long[] zeroPoints = context.OptionalInput(zeroPoint) is null ? new long[scales.Length] : context.Longs(zeroPoint, "zero point");
        ImportContext.Require(
            Array.TrueForAll(scales, value => value > 0 && float.IsFinite(value)), $"A scale is {scales.FirstOrDefault(value => !(value > 0 && float.IsFinite(value)))}; scales are finite numbers above 0.");
        ImportContext.Require(scales.Length == zeroPoints.Length && scales.Length > 0, $"It has {scales.Length} scales and {zeroPoints.Length} zero points.");
        if (scales.Length == 1)
        {
            return new Quantization(scales, zeroPoints, 0);
        }

        int along = ImportContext.Axis(axis, data.Rank);
        ImportContext.Require(data.Shape[along] == scales.Length, $"It has {scales.Length} scales along axis {along} of {data}.");
        return new Quantization(scales, zeroPoints, along);
    }

    /// <summary>The tensor with its quantization; what made it, or the host, has not said one.</summary>
    private static Tensor Marked(Tensor data, Quantization quantization)
    {
        if (quantization.IsPerChannel)
        {
            throw ImportContext.Refused("It takes an activation as quantized per channel.", "Quantize activations per tensor, and only weights per channel.");
        }

        data.Quantization ??= quantization;
        return quantization.Equals(data.Quantization)
            ? data
            : throw ImportContext.Refused($"It takes {data} with another scale or zero point than it was quantized with.", "Quantize the network again.");
    }

    private static DataType TypeOf(ImportContext context)
    {
        DataType? declared = Reading.TensorBytes.TypeOf((int)context.Attributes.Int("output_dtype", 0));
        DataType type = context.OptionalInput(2)?.Type ?? declared ?? DataType.UInt8;
        RequireQuantized(type);
        return type;
    }

    private static void RequireQuantized(DataType type)
    {
        if (type is not (DataType.Int4 or DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.Int32))
        {
            throw ImportContext.Refused($"It quantizes to {type.ToString().ToLowerInvariant()}; supported are int8, uint8, int16, and int4 and int32 for constants.", "Quantize the network to int8.");
        }
    }

    /// <summary>The integers of constant real numbers, ties to even as ONNX rounds.</summary>
    private static byte[] Rounded(float[] values, int[] shape, DataType type, Quantization quantization)
    {
        (long lowest, long highest) = type switch
        {
            DataType.Int4 => (-8L, 7L),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => (int.MinValue, int.MaxValue),
        };
        int slices = quantization.Scales.Length;
        int inner = slices == 1 ? values.Length : shape[(quantization.Axis + 1)..].Aggregate(1, (product, size) => product * size);
        long[] integers = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int slice = slices == 1 ? 0 : i / inner % slices;
            double steps = Math.Round((double)(values[i] / quantization.Scales[slice]), MidpointRounding.ToEven) + quantization.ZeroPoints[slice];
            integers[i] = double.IsNaN(steps) ? lowest : (long)Math.Clamp(steps, lowest, highest);
        }

        return type == DataType.Int4 ? Int4Elements.Pack(Array.ConvertAll(integers, integer => (sbyte)integer)) : IntegerConstant.Bytes(type, integers)!;
    }
}
