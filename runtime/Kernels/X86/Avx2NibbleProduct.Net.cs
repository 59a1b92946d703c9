using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Products with weights that take few values, all of them small, for AVX2: products of unsigned with signed bytes are added
/// in 16 bits, four at a time (<see cref="NibbleWeights.HoldFourProducts"/>).
/// </summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class Avx2NibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    : NibbleProduct(weights, nibbles, parameters, requantizer, 0x80)
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
        Vector256<sbyte> table0 = Table(row);
        Vector256<sbyte> table1 = Table(row + 1);
        Vector256<sbyte> table2 = Table(row + 2);
        Vector256<sbyte> table3 = Table(row + 3);
        Vector256<int> sum0 = Vector256<int>.Zero;
        Vector256<int> sum1 = Vector256<int>.Zero;
        Vector256<int> sum2 = Vector256<int>.Zero;
        Vector256<int> sum3 = Vector256<int>.Zero;
        Vector256<byte> mask = Vector256.Create((byte)0xF);
        Vector256<short> ones = Vector256<short>.One;
        for (nint at = 0; at < groups * NibbleWeights.GroupBytes; at += NibbleWeights.GroupBytes)
        {
            Vector256<byte> values0 = Vector256.LoadUnsafe(ref data);
            Vector256<byte> values1 = Vector256.LoadUnsafe(ref data, NibbleWeights.GroupBytes);
            data = ref Unsafe.Add(ref data, NibbleWeights.Group);
            Vector256<byte> pairs = Vector256.LoadUnsafe(ref nibbles0, (nuint)at);
            Vector256<short> products = Avx2.MultiplyAddAdjacent(values0, Avx2.Shuffle(table0, (pairs & mask).AsSByte()));
            products += Avx2.MultiplyAddAdjacent(values1, Avx2.Shuffle(table0, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            sum0 += Avx2.MultiplyAddAdjacent(products, ones);
            pairs = Vector256.LoadUnsafe(ref nibbles1, (nuint)at);
            products = Avx2.MultiplyAddAdjacent(values0, Avx2.Shuffle(table1, (pairs & mask).AsSByte()));
            products += Avx2.MultiplyAddAdjacent(values1, Avx2.Shuffle(table1, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            sum1 += Avx2.MultiplyAddAdjacent(products, ones);
            pairs = Vector256.LoadUnsafe(ref nibbles2, (nuint)at);
            products = Avx2.MultiplyAddAdjacent(values0, Avx2.Shuffle(table2, (pairs & mask).AsSByte()));
            products += Avx2.MultiplyAddAdjacent(values1, Avx2.Shuffle(table2, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            sum2 += Avx2.MultiplyAddAdjacent(products, ones);
            pairs = Vector256.LoadUnsafe(ref nibbles3, (nuint)at);
            products = Avx2.MultiplyAddAdjacent(values0, Avx2.Shuffle(table3, (pairs & mask).AsSByte()));
            products += Avx2.MultiplyAddAdjacent(values1, Avx2.Shuffle(table3, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            sum3 += Avx2.MultiplyAddAdjacent(products, ones);
        }

        Vector256<int> all = Avx2.HorizontalAdd(Avx2.HorizontalAdd(sum0, sum1), Avx2.HorizontalAdd(sum2, sum3));
        (all.GetLower() + all.GetUpper() + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<sbyte> Table(int row)
    {
        return Vector256.Create(Weights.Table(row), Weights.Table(row));
    }
}
