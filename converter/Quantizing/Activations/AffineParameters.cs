using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// Scale and zero point for a range, as TensorFlow Lite's quantizer chooses them: the range is widened to hold 0, which is represented exactly.
/// </summary>
internal static class AffineParameters
{
    /// <summary>Ranges narrower than this are those of a constant 0.</summary>
    private const double Narrowest = 1e-20;

    /// <summary>The quantization of a range.</summary>
    /// <param name="range">Finite values, the smallest first.</param>
    /// <param name="type">Int8, int4 or int16; the latter is always symmetric.</param>
    /// <param name="symmetric">True for a zero point of 0.</param>
    /// <param name="powerOfTwo">True for the smallest power of two that covers the range.</param>
    public static Quantization Of(TensorRange range, DataType type, bool symmetric, bool powerOfTwo)
    {
        double minimum = Math.Min(range.Minimum, 0.0);
        double maximum = Math.Max(range.Maximum, 0.0);
        if (maximum - minimum < Narrowest)
        {
            (minimum, maximum) = (-1, 1);
        }

        if (symmetric || type == DataType.Int16)
        {
            double limit = Math.Max(-minimum, maximum);
            return Quantization.PerTensor(Scale(limit / Highest(type), powerOfTwo), 0);
        }

        int highest = Highest(type);
        int lowest = -highest - 1;
        float scale = Scale((maximum - minimum) / (highest - lowest), powerOfTwo);
        double zeroPoint = Math.Round(lowest - (minimum / scale), MidpointRounding.AwayFromZero);
        return Quantization.PerTensor(scale, (int)Math.Clamp(zeroPoint, lowest, highest));
    }

    /// <summary>The same zero (an end of the integers, or wherever it was) with a scale that is at least so large.</summary>
    public static Quantization Widened(Quantization quantization, double scale, bool powerOfTwo)
    {
        return scale <= quantization.Scale ? quantization : Quantization.PerTensor(Above(scale, powerOfTwo), quantization.ZeroPoint);
    }

    /// <summary>The integers from the smallest to the largest that a quantized tensor can hold, as real numbers.</summary>
    public static TensorRange RangeOf(Quantization quantization, DataType type)
    {
        int lowest = type == DataType.Int16 ? short.MinValue : sbyte.MinValue;
        return new TensorRange(quantization.Scale * (lowest - quantization.ZeroPoint), quantization.Scale * (Highest(type) - quantization.ZeroPoint));
    }

    /// <summary>The largest integer of a type.</summary>
    public static int Highest(DataType type)
    {
        return type switch { DataType.Int16 => short.MaxValue, DataType.Int4 => 7, _ => sbyte.MaxValue };
    }

    /// <summary>A scale in single precision.</summary>
    private static float Scale(double scale, bool powerOfTwo)
    {
        return powerOfTwo ? Above(scale, powerOfTwo) : (float)scale;
    }

    private static float Above(double scale, bool powerOfTwo)
    {
        // What log2 gives for a power of two itself may lie a last bit above it.
        const double Tolerance = 1e-9;
        return powerOfTwo ? (float)Math.ScaleB(1, (int)Math.Ceiling(Math.Log2(scale) - Tolerance)) : MathF.BitIncrement((float)scale);
    }
}
