using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Values times a factor, four at once: <see cref="Arithmetic.Requantization"/> to the bit.</summary>
internal static class Vector128Requantization
{
    /// <summary>
    /// values x multiplier x 2^(-31 - shift): rounded after the multiplication, halves up, and after the shift, halves away from zero, which are halves
    /// up of the magnitude.
    /// </summary>
    /// <param name="values">Any values.</param>
    /// <param name="multiplier">The multiplier, 0 or more, in each lane.</param>
    /// <param name="half">One half of what the shift divides by (0 where it does not), in each lane.</param>
    /// <param name="shift">The shift, 0 to 31, in the lowest lane, and 0 in the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Scale(Vector128<int> values, Vector128<int> multiplier, Vector128<uint> half, Vector128<uint> shift)
    {
        Vector128<long> rounding = Vector128.Create(1L << 30);
        Vector128<long> even = Sse41.Multiply(values, multiplier) + rounding;
        Vector128<long> odd = Sse41.Multiply(Sse2.ShiftRightLogical(values.AsInt64(), 32).AsInt32(), multiplier) + rounding;
        Vector128<int> products = Sse41.Blend(
            Sse2.ShiftRightLogical(even, 31).AsInt16(), Sse2.ShiftLeftLogical(odd, 1).AsInt16(), 0b11_00_11_00).AsInt32();
        return Ssse3.Sign(Sse2.ShiftRightLogical(Ssse3.Abs(products) + half, shift).AsInt32(), products);
    }

    /// <summary>One half of what a shift divides by, in each lane; 0 where it does not divide.</summary>
    internal static Vector128<uint> Half(int shift)
    {
        return Vector128.Create((1u << shift) >> 1);
    }
}
