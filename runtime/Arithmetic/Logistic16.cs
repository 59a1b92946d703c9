namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The logistic function and tanh of int16 numbers by interpolation in <see cref="SigmoidTable"/>, as TensorFlow
/// Lite's int16 operators and its integer LSTM compute them.
/// </summary>
/// <remarks>
/// The argument is first scaled to units of 1 / (3 * 4096), in which the table ends at 10.7. For a power-of-two scale,
/// the multiplier is 3 * 2^n and the shift 0: n is 0 where the argument is in Q3.12.
/// </remarks>
internal static class Logistic16
{
    /// <summary>logistic(<paramref name="x"/>) in Q0.15.</summary>
    /// <param name="x">The argument; times multiplier / 2^shift, it is in units of 1 / (3 * 4096).</param>
    /// <param name="multiplier">Positive. The product with the argument wraps around at 32 bits.</param>
    /// <param name="shift">To the right, 0 to 31.</param>
    internal static short Logistic(short x, int multiplier, int shift)
    {
        int scaled = Scale(x, multiplier, shift);
        int result = Interpolate(scaled, 9, 0x7FFF << 10);
        return scaled >= 0
            ? (short)((result + (1 << 9)) >> 10)
            : (short)(((1 << 25) - result + (1 << 9) - 1) >> 10);
    }

    /// <summary>
    /// tanh(<paramref name="x"/>) in Q0.15, as 2 * logistic(2x) - 1; the parameters are those of
    /// <see cref="Logistic"/>.
    /// </summary>
    internal static short Tanh(short x, int multiplier, int shift)
    {
        int scaled = Scale(x, multiplier, shift);
        int result = Interpolate(scaled, 8, 0xFFFF << 8);
        return scaled >= 0
            ? (short)((result - (1 << 23) + (1 << 7)) >> 8)
            : (short)(((1 << 23) - result + (1 << 7) - 1) >> 8);
    }

    // Halves are rounded upwards; a shift of 0 adds nothing.
    private static int Scale(short x, int multiplier, int shift) =>
        ((x * multiplier) + (int)((1u << shift) >> 1)) >> shift;

    // The table at |scaled| / 2^fractionBits, times 2^fractionBits, or saturated from the last entry on.
    private static int Interpolate(int scaled, int fractionBits, int saturated)
    {
        uint magnitude = (uint)(scaled < 0 ? -scaled : scaled);
        uint index = magnitude >> fractionBits;
        if (index >= 255)
        {
            return saturated;
        }

        int start = SigmoidTable.Values[index];
        int rise = SigmoidTable.Values[index + 1] - start;
        int fraction = (int)magnitude & ((1 << fractionBits) - 1);
        return (start << fractionBits) + (fraction * rise);
    }
}
