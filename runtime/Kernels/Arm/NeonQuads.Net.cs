using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Quads of bytes. Without dot products, products have 16 bits (SMULL, SMLAL) and are added in pairs to sums of 32 (SADALP), two for each quad.
/// </summary>
internal static class NeonQuads
{
    /// <summary>Convolutions gather windows whose rows are shorter: it costs less than to load less than three quads at once.</summary>
    internal const int ShortRow = 12;

    /// <summary>
    /// True if the sum of two products of these weights fits into 16 bits whatever the data: it does but for -128 x -128 + -128 x -128, and
    /// symmetric weights have no -128.
    /// </summary>
    internal static bool HoldTwoProducts(ReadOnlySpan<sbyte> weights)
    {
        return !weights.Contains(sbyte.MinValue);
    }

    /// <summary>Adds the products of two quads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Add(Vector128<int> sums, Vector64<sbyte> values, Vector64<sbyte> weights)
    {
        return AdvSimd.AddPairwiseWideningAndAdd(sums, AdvSimd.MultiplyWideningLower(values, weights));
    }

    /// <summary>Adds the products of two quads and those of two others; see <see cref="HoldTwoProducts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Add(
        Vector128<int> sums, Vector64<sbyte> values0, Vector64<sbyte> weights0, Vector64<sbyte> values1, Vector64<sbyte> weights1)
    {
        Vector128<short> products = AdvSimd.MultiplyWideningLower(values0, weights0);
        return AdvSimd.AddPairwiseWideningAndAdd(sums, AdvSimd.MultiplyWideningLowerAndAdd(products, values1, weights1));
    }

    /// <summary>Interleaves four rows: target[4 x i + n] = row n [i].</summary>
    /// <param name="row0">The first row.</param>
    /// <param name="row1">The second row.</param>
    /// <param name="row2">The third row.</param>
    /// <param name="row3">The fourth row.</param>
    /// <param name="target">Four times as many bytes as a row.</param>
    /// <param name="count">The bytes of a row, 1 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count)
    {
        int i = 0;
        while (count - i >= Vector128<sbyte>.Count)
        {
            Vector128<sbyte> bytes0 = Vector128.LoadUnsafe(ref row0, (nuint)i);
            Vector128<sbyte> bytes1 = Vector128.LoadUnsafe(ref row1, (nuint)i);
            Vector128<sbyte> bytes2 = Vector128.LoadUnsafe(ref row2, (nuint)i);
            Vector128<sbyte> bytes3 = Vector128.LoadUnsafe(ref row3, (nuint)i);
            Vector128<short> lower01 = AdvSimd.Arm64.ZipLow(bytes0, bytes1).AsInt16();
            Vector128<short> upper01 = AdvSimd.Arm64.ZipHigh(bytes0, bytes1).AsInt16();
            Vector128<short> lower23 = AdvSimd.Arm64.ZipLow(bytes2, bytes3).AsInt16();
            Vector128<short> upper23 = AdvSimd.Arm64.ZipHigh(bytes2, bytes3).AsInt16();
            ref byte to = ref Unsafe.Add(ref target, 4 * i);
            AdvSimd.Arm64.ZipLow(lower01, lower23).AsByte().StoreUnsafe(ref to);
            AdvSimd.Arm64.ZipHigh(lower01, lower23).AsByte().StoreUnsafe(ref to, 16);
            AdvSimd.Arm64.ZipLow(upper01, upper23).AsByte().StoreUnsafe(ref to, 32);
            AdvSimd.Arm64.ZipHigh(upper01, upper23).AsByte().StoreUnsafe(ref to, 48);

            // The last vector takes some bytes again.
            int next = i + Vector128<sbyte>.Count;
            i = next < count && count - next < Vector128<sbyte>.Count ? count - Vector128<sbyte>.Count : next;
        }

        for (; i < count; i++)
        {
            ref byte to = ref Unsafe.Add(ref target, 4 * i);
            to = (byte)Unsafe.Add(ref row0, i);
            Unsafe.Add(ref to, 1) = (byte)Unsafe.Add(ref row1, i);
            Unsafe.Add(ref to, 2) = (byte)Unsafe.Add(ref row2, i);
            Unsafe.Add(ref to, 3) = (byte)Unsafe.Add(ref row3, i);
        }
    }
}
