using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>The range of real numbers that a quantized input declares.</summary>
internal static class InputRange
{
    /// <param name="type">Int8, uint8 or int16.</param>
    /// <param name="quantization">What its integers mean, as a whole.</param>
    public static TensorRange Of(DataType type, Quantization quantization)
    {
        (int lowest, int highest) = type switch
        {
            DataType.Int8 => ((int)sbyte.MinValue, (int)sbyte.MaxValue),
            DataType.UInt8 => (0, byte.MaxValue),
            _ => (short.MinValue, short.MaxValue),
        };
        return new TensorRange(quantization.Scale * (lowest - quantization.ZeroPoint), quantization.Scale * (highest - quantization.ZeroPoint));
    }
}
