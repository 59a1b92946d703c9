using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Fixed-point arithmetic of vectors: <see cref="Arithmetic.FixedPoint"/> to the bit.</summary>
internal static class NeonArithmetic
{
    /// <summary>
    /// values x multipliers x 2^(shifts - 31): rounded after the multiplication, halves up (SQRDMULH), and after the shift, halves away from zero.
    /// </summary>
    /// <param name="values">Any values.</param>
    /// <param name="multipliers">0 or more.</param>
    /// <param name="shifts">-31 to 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Scale(Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts)
    {
        Vector128<int> products = AdvSimd.MultiplyRoundedDoublingSaturateHigh(values, multipliers);

        // SRSHL rounds halves up: negative products that are shifted become less by one, so that their halves go down. None of them is the least
        // integer, because no multiplier is as large as 2^31.
        products = AdvSimd.ShiftRightArithmeticAdd(products, products & shifts, 31);
        return AdvSimd.ShiftArithmeticRounded(products, shifts);
    }

    /// <summary>As <see cref="Scale"/>, but halves of negative values may go up: for results that are clamped to 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> ScaleRectified(Vector128<int> values, Vector128<int> multipliers, Vector128<int> shifts)
    {
        return AdvSimd.ShiftArithmeticRounded(AdvSimd.MultiplyRoundedDoublingSaturateHigh(values, multipliers), shifts);
    }

    /// <summary>Eight integers to 16 bits; the nearest where they do not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<short> Narrow(Vector128<int> lower, Vector128<int> upper)
    {
        return AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(lower), upper);
    }

    /// <summary>Sixteen integers plus an offset to bytes; the nearest where they do not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<sbyte> Narrow(Vector128<short> lower, Vector128<short> upper, Vector128<short> offset)
    {
        return AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(lower, offset)), AdvSimd.AddSaturate(upper, offset));
    }
}
