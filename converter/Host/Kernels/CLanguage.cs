namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>
/// Conversions of real numbers to integers as C programs do them on x86-64, which the reference outputs come from: cut towards zero, and
/// the smallest integer for what does not fit and for NaN. (C# gives the nearest integer that fits, and 0 for NaN.)
/// </summary>
internal static class CLanguage
{
    /// <summary>The conversion instruction with a 32-bit target.</summary>
    public static int ToInt32(float value)
    {
        return value is >= -2147483648f and < 2147483648f ? (int)value : int.MinValue;
    }

    /// <summary>The conversion instruction with a 64-bit target.</summary>
    public static long ToInt64(float value)
    {
        return value is >= -9223372036854775808f and < 9223372036854775808f ? (long)value : long.MinValue;
    }
}
