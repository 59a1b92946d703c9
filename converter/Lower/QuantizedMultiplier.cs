namespace EdgeQuant.Converter.Lower;

/// <summary>
/// A real multiplier as the device applies it: value = Multiplier x 2^(Shift - 31), Multiplier 0 or from 2^30 to 2^31 - 1, Shift from -31
/// to 30 (TensorFlow Lite's QuantizeMultiplier).
/// </summary>
internal readonly record struct QuantizedMultiplier(int Multiplier, int Shift)
{
    /// <summary>The largest shift; a multiplier of 2^30 and more is held at what it makes with the largest mantissa.</summary>
    public const int MaximumShift = 30;

    private const int MinimumShift = -31;

    /// <summary>Rounds a multiplier of 0 or above to 31 bits of mantissa; below 2^-32 it becomes 0.</summary>
    public static QuantizedMultiplier From(double value)
    {
        if (value == 0)
        {
            return default;
        }

        if (!double.IsFinite(value))
        {
            return new QuantizedMultiplier(int.MaxValue, MaximumShift);
        }

        (double mantissa, int exponent) = Split(value);
        long rounded = (long)Math.Round(mantissa * (1L << 31), MidpointRounding.AwayFromZero);
        if (rounded == 1L << 31)
        {
            rounded /= 2;
            exponent++;
        }

        if (exponent < MinimumShift)
        {
            return default;
        }

        return exponent > MaximumShift ? new QuantizedMultiplier(int.MaxValue, MaximumShift) : new QuantizedMultiplier((int)rounded, exponent);
    }

    /// <summary>C's frexp: value = mantissa x 2^exponent with |mantissa| from 0.5 to below 1.</summary>
    private static (double Mantissa, int Exponent) Split(double value)
    {
        int exponent = Math.ILogB(value) + 1;
        return (Math.ScaleB(value, -exponent), exponent);
    }
}
