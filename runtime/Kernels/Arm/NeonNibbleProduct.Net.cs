using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Products with weights that take few values, for Arm64 with NEON (TBL, SMULL, SADALP). Products of two weights are added in 16 bits
/// (<see cref="NeonQuads"/>), where they may not be -128.
/// </summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class NeonNibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
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
        Vector128<int> sum0 = Vector128<int>.Zero;
        Vector128<int> sum1 = Vector128<int>.Zero;
        Vector128<int> sum2 = Vector128<int>.Zero;
        Vector128<int> sum3 = Vector128<int>.Zero;
        Vector128<byte> mask = Vector128.Create((byte)0xF);
        for (nint at = 0; at < groups * NibbleWeights.GroupBytes; at += NibbleWeights.GroupBytes)
        {
            for (nint half = at; half < at + NibbleWeights.GroupBytes; half += Vector128<byte>.Count)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref data).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref data, NibbleWeights.GroupBytes).AsSByte();
                data = ref Unsafe.Add(ref data, Vector128<byte>.Count);
                Vector128<byte> pairs = Vector128.LoadUnsafe(ref nibbles0, (nuint)half);
                Vector128<sbyte> factors0 = AdvSimd.Arm64.VectorTableLookup(table0, (pairs & mask).AsSByte());
                Vector128<sbyte> factors1 = AdvSimd.Arm64.VectorTableLookup(table0, (pairs >>> 4).AsSByte());
                sum0 = NeonQuads.Add(sum0, values0.GetLower(), factors0.GetLower(), values1.GetLower(), factors1.GetLower());
                sum0 = AddUpper(sum0, values0, factors0, values1, factors1);
                pairs = Vector128.LoadUnsafe(ref nibbles1, (nuint)half);
                factors0 = AdvSimd.Arm64.VectorTableLookup(table1, (pairs & mask).AsSByte());
                factors1 = AdvSimd.Arm64.VectorTableLookup(table1, (pairs >>> 4).AsSByte());
                sum1 = NeonQuads.Add(sum1, values0.GetLower(), factors0.GetLower(), values1.GetLower(), factors1.GetLower());
                sum1 = AddUpper(sum1, values0, factors0, values1, factors1);
                pairs = Vector128.LoadUnsafe(ref nibbles2, (nuint)half);
                factors0 = AdvSimd.Arm64.VectorTableLookup(table2, (pairs & mask).AsSByte());
                factors1 = AdvSimd.Arm64.VectorTableLookup(table2, (pairs >>> 4).AsSByte());
                sum2 = NeonQuads.Add(sum2, values0.GetLower(), factors0.GetLower(), values1.GetLower(), factors1.GetLower());
                sum2 = AddUpper(sum2, values0, factors0, values1, factors1);
                pairs = Vector128.LoadUnsafe(ref nibbles3, (nuint)half);
                factors0 = AdvSimd.Arm64.VectorTableLookup(table3, (pairs & mask).AsSByte());
                factors1 = AdvSimd.Arm64.VectorTableLookup(table3, (pairs >>> 4).AsSByte());
                sum3 = NeonQuads.Add(sum3, values0.GetLower(), factors0.GetLower(), values1.GetLower(), factors1.GetLower());
                sum3 = AddUpper(sum3, values0, factors0, values1, factors1);
            }

            data = ref Unsafe.Add(ref data, NibbleWeights.GroupBytes);
        }

        Vector128<int> all = AdvSimd.Arm64.AddPairwise(AdvSimd.Arm64.AddPairwise(sum0, sum1), AdvSimd.Arm64.AddPairwise(sum2, sum3));
        (all + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
    }

    /// <summary>Adds the products of the upper halves of two vectors with those of two others; see <see cref="NeonQuads.HoldTwoProducts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> AddUpper(
        Vector128<int> sums, Vector128<sbyte> values0, Vector128<sbyte> weights0, Vector128<sbyte> values1, Vector128<sbyte> weights1)
    {
        Vector128<short> products = AdvSimd.MultiplyWideningUpper(values0, weights0);
        return AdvSimd.AddPairwiseWideningAndAdd(sums, AdvSimd.MultiplyWideningUpperAndAdd(products, values1, weights1));
    }
}
