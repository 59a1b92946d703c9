using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>Makes constants of integers out of constants of real numbers.</summary>
internal static class QuantizedConstants
{
    /// <summary>The values of a constant; null, after refusing the node, if one is no finite number or would be read as one.</summary>
    public static float[]? Values(QuantizationContext context, Node node, Tensor constant)
    {
        float[] values = ConstantValues.Of(constant) ?? [];
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad < 0)
        {
            return values;
        }

        context.Refuse(node, $"Element {bad} of the constant '{constant.Name}' is {values[bad]}; needed are finite numbers.", "Train the network again, or repair its weights.");
        return null;
    }

    /// <summary>A constant of weights that are quantized already.</summary>
    public static Tensor Of(Tensor constant, DataType type, QuantizedWeights weights)
    {
        byte[] bytes = type == DataType.Int4 ? Int4Elements.Pack(weights.Values) : (byte[])(object)weights.Values;
        Tensor quantized = With(constant, type, bytes, weights.Quantization);
        quantized.Shared = weights.Shared;
        return quantized;
    }

    /// <summary>A constant with one scale; what lies beyond the type's range is held at its ends.</summary>
    public static Tensor Of(Tensor constant, DataType type, Quantization quantization)
    {
        return With(constant, type, Bytes(ConstantValues.Of(constant) ?? [], type, quantization), quantization);
    }

    /// <summary>The bytes of integers for real numbers, by one scale.</summary>
    public static byte[] Bytes(float[] values, DataType type, Quantization quantization)
    {
        (long lowest, long highest) = type switch
        {
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            _ => (-(1L << 46), 1L << 46),
        };
        long[] integers = Array.ConvertAll(
            values, value => (long)Math.Clamp(Math.Round(value / (double)quantization.Scale, MidpointRounding.AwayFromZero) + quantization.ZeroPoint, lowest, highest));
        return IntegerConstant.Bytes(type, integers)!;
    }

    private static Tensor With(Tensor constant, DataType type, byte[] bytes, Quantization quantization)
    {
        return new Tensor(constant.Name, type, constant.Shape) { SourceIndex = constant.SourceIndex, Data = bytes, Quantization = quantization };
    }
}
