#if !NANOFRAMEWORK
using System.Runtime.CompilerServices;
#endif

namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// Multiplies an accumulator by a real factor held as <c>multiplier * 2^(shift - 31)</c>: <c>multiplier</c> is 0 or in
/// [2^30, 2^31), <c>shift</c> is positive to the left. These are the double-rounding forms of TensorFlow Lite's
/// quantization arithmetic: one rounding after the multiplication, another after the shift.
/// </summary>
internal static class Requantization
{
    /// <summary>
    /// x * multiplier * 2^(shift - 31) for <paramref name="shift"/> from -31 to 30. A positive shift is applied to
    /// <paramref name="x"/> first and wraps around as in two's complement when it overflows.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int MultiplyByQuantizedMultiplier(int x, int multiplier, int shift) =>
        shift > 0
            ? MultiplyByQuantizedMultiplierGreaterThanOne(x, multiplier, shift)
            : MultiplyByQuantizedMultiplierSmallerThanOneExp(x, multiplier, shift);

    /// <summary>
    /// <see cref="MultiplyByQuantizedMultiplier(int, int, int)"/> for <paramref name="shift"/> from -31 to 0.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int MultiplyByQuantizedMultiplierSmallerThanOneExp(int x, int multiplier, int shift) =>
        FixedPoint.RoundingDivideByPowerOfTwo(
            FixedPoint.SaturatingRoundingDoublingHighMultiply(x, multiplier), -shift);

    /// <summary>
    /// <see cref="MultiplyByQuantizedMultiplier(int, int, int)"/> for <paramref name="shift"/> from 0 to 30.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int MultiplyByQuantizedMultiplierGreaterThanOne(int x, int multiplier, int shift) =>
        FixedPoint.SaturatingRoundingDoublingHighMultiply(x << shift, multiplier);

    /// <summary>
    /// The form for 64-bit accumulators of int16 activations, |x| up to 2^47: the multiplier is first rounded to
    /// 15 bits (see <see cref="ReduceMultiplier"/>), then x * reduced / 2^(15 - shift) is rounded once, halves towards
    /// positive infinity, and cut to its low 32 bits. <paramref name="shift"/> is -31 to 7.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int MultiplyByQuantizedMultiplier(long x, int multiplier, int shift)
    {
        int totalShift = 15 - shift;
        return (int)((x * ReduceMultiplier(multiplier) + (1L << (totalShift - 1))) >> totalShift);
    }

    /// <summary>
    /// A multiplier of [0, 2^31) in units of 2^-31, rounded to units of 2^-15 and held below 2^15.
    /// </summary>
    internal static int ReduceMultiplier(int multiplier) =>
        multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
}
