using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Products with weights that take few values, for Arm64 with dot products (TBL, SDOT).</summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class DotProductNibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    : NibbleProduct(weights, nibbles, parameters, requantizer, 0)
{
    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Accumulate(int row, ref byte data, nint groups, ref int bias, ref int sums)
    {
        ref byte nibbles0 = ref Weights.Nibbles(row);
        ref byte nibbles1 = ref Weights.Nibbles(row + 1);
        ref byte nibbles2 = ref Weights.Nibbles(row + 2);
        ref byte nibbles3 = ref Weights.Nibbles(row + 3);
        Vector128<sbyte> table0 = Weights.Table(row);
        Vector128<sbyte> table1 = Weights.Table(row + 1);
        Vector128<sbyte> table2 = Weights.Table(row + 2);
        Vector128<sbyte> table3 = Weights.Table(row + 3);
        Vector128<int> sum00 = Vector128<int>.Zero;
        Vector128<int> sum01 = Vector128<int>.Zero;
        Vector128<int> sum10 = Vector128<int>.Zero;
        Vector128<int> sum11 = Vector128<int>.Zero;
        Vector128<int> sum20 = Vector128<int>.Zero;
        Vector128<int> sum21 = Vector128<int>.Zero;
        Vector128<int> sum30 = Vector128<int>.Zero;
        Vector128<int> sum31 = Vector128<int>.Zero;
        Vector128<byte> mask = Vector128.Create((byte)0xF);
        for (nint at = 0; at < groups * NibbleWeights.GroupBytes; at += NibbleWeights.GroupBytes)
        {
            for (nint half = at; half < at + NibbleWeights.GroupBytes; half += Vector128<byte>.Count)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref data).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref data, NibbleWeights.GroupBytes).AsSByte();
                data = ref Unsafe.Add(ref data, Vector128<byte>.Count);
                Vector128<byte> pairs = Vector128.LoadUnsafe(ref nibbles0, (nuint)half);
                sum00 = Dp.DotProduct(sum00, values0, AdvSimd.Arm64.VectorTableLookup(table0, (pairs & mask).AsSByte()));
                sum01 = Dp.DotProduct(sum01, values1, AdvSimd.Arm64.VectorTableLookup(table0, (pairs >>> 4).AsSByte()));
                pairs = Vector128.LoadUnsafe(ref nibbles1, (nuint)half);
                sum10 = Dp.DotProduct(sum10, values0, AdvSimd.Arm64.VectorTableLookup(table1, (pairs & mask).AsSByte()));
                sum11 = Dp.DotProduct(sum11, values1, AdvSimd.Arm64.VectorTableLookup(table1, (pairs >>> 4).AsSByte()));
                pairs = Vector128.LoadUnsafe(ref nibbles2, (nuint)half);
                sum20 = Dp.DotProduct(sum20, values0, AdvSimd.Arm64.VectorTableLookup(table2, (pairs & mask).AsSByte()));
                sum21 = Dp.DotProduct(sum21, values1, AdvSimd.Arm64.VectorTableLookup(table2, (pairs >>> 4).AsSByte()));
                pairs = Vector128.LoadUnsafe(ref nibbles3, (nuint)half);
                sum30 = Dp.DotProduct(sum30, values0, AdvSimd.Arm64.VectorTableLookup(table3, (pairs & mask).AsSByte()));
                sum31 = Dp.DotProduct(sum31, values1, AdvSimd.Arm64.VectorTableLookup(table3, (pairs >>> 4).AsSByte()));
            }

            data = ref Unsafe.Add(ref data, NibbleWeights.GroupBytes);
        }

        Vector128<int> pairs01 = AdvSimd.Arm64.AddPairwise(sum00 + sum01, sum10 + sum11);
        Vector128<int> pairs23 = AdvSimd.Arm64.AddPairwise(sum20 + sum21, sum30 + sum31);
        (AdvSimd.Arm64.AddPairwise(pairs01, pairs23) + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
    }
}
