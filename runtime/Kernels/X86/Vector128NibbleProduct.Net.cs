using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Products with weights that take few values, all of them small, for 128-bit vectors: products of unsigned with signed bytes are added
/// in 16 bits, four at a time (<see cref="NibbleWeights.HoldFourProducts"/>).
/// </summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class Vector128NibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
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
        Vector128<sbyte> table0 = Weights.Table(row);
        Vector128<sbyte> table1 = Weights.Table(row + 1);
        Vector128<sbyte> table2 = Weights.Table(row + 2);
        Vector128<sbyte> table3 = Weights.Table(row + 3);
        Vector128<int> sum0 = Vector128<int>.Zero;
        Vector128<int> sum1 = Vector128<int>.Zero;
        Vector128<int> sum2 = Vector128<int>.Zero;
        Vector128<int> sum3 = Vector128<int>.Zero;
        Vector128<byte> mask = Vector128.Create((byte)0xF);
        Vector128<short> ones = Vector128<short>.One;
        for (nint at = 0; at < groups * NibbleWeights.GroupBytes; at += NibbleWeights.GroupBytes)
        {
            for (nint half = at; half < at + NibbleWeights.GroupBytes; half += Vector128<byte>.Count)
            {
                Vector128<byte> values0 = Vector128.LoadUnsafe(ref data);
                Vector128<byte> values1 = Vector128.LoadUnsafe(ref data, NibbleWeights.GroupBytes);
                data = ref Unsafe.Add(ref data, Vector128<byte>.Count);
                Vector128<byte> pairs = Vector128.LoadUnsafe(ref nibbles0, (nuint)half);
                Vector128<short> products = Ssse3.MultiplyAddAdjacent(values0, Ssse3.Shuffle(table0, (pairs & mask).AsSByte()));
                products += Ssse3.MultiplyAddAdjacent(values1, Ssse3.Shuffle(table0, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
                sum0 += Sse2.MultiplyAddAdjacent(products, ones);
                pairs = Vector128.LoadUnsafe(ref nibbles1, (nuint)half);
                products = Ssse3.MultiplyAddAdjacent(values0, Ssse3.Shuffle(table1, (pairs & mask).AsSByte()));
                products += Ssse3.MultiplyAddAdjacent(values1, Ssse3.Shuffle(table1, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
                sum1 += Sse2.MultiplyAddAdjacent(products, ones);
                pairs = Vector128.LoadUnsafe(ref nibbles2, (nuint)half);
                products = Ssse3.MultiplyAddAdjacent(values0, Ssse3.Shuffle(table2, (pairs & mask).AsSByte()));
                products += Ssse3.MultiplyAddAdjacent(values1, Ssse3.Shuffle(table2, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
                sum2 += Sse2.MultiplyAddAdjacent(products, ones);
                pairs = Vector128.LoadUnsafe(ref nibbles3, (nuint)half);
                products = Ssse3.MultiplyAddAdjacent(values0, Ssse3.Shuffle(table3, (pairs & mask).AsSByte()));
                products += Ssse3.MultiplyAddAdjacent(values1, Ssse3.Shuffle(table3, ((pairs.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
                sum3 += Sse2.MultiplyAddAdjacent(products, ones);
            }

            data = ref Unsafe.Add(ref data, NibbleWeights.GroupBytes);
        }

        Vector128<int> all = Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(sum0, sum1), Ssse3.HorizontalAdd(sum2, sum3));
        (all + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
    }
}
