using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>The range of real values that a quantized tensor can hold.</summary>
internal static class QuantizedRange
{
    /// <summary>The widest range of all slices; null for types that are no quantized numbers.</summary>
    public static ValueRange? Of(Tensor tensor)
    {
        if (tensor.Quantization is not Quantization quantization || NumberRangeOf(tensor.Type) is not (long lowest, long highest))
        {
            return null;
        }

        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        for (int i = 0; i < quantization.Scales.Length; i++)
        {
            minimum = Math.Min(minimum, quantization.Scales[i] * (double)(lowest - quantization.ZeroPoints[i]));
            maximum = Math.Max(maximum, quantization.Scales[i] * (double)(highest - quantization.ZeroPoints[i]));
        }

        return new ValueRange(minimum, maximum);
    }

    private static (long Lowest, long Highest)? NumberRangeOf(DataType type)
    {
        return type switch
        {
            DataType.Int4 => (-8, 7),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            _ => null,
        };
    }
}
