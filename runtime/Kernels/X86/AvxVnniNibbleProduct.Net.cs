using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Products with weights that take few values, for AVX-VNNI.</summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class AvxVnniNibbleProduct(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    : NibbleProduct(weights, nibbles, parameters, requantizer, 0x80)
{
    protected override void Accumulate(int row, ref byte data, nint groups, ref int bias, ref int sums)
    {
        AccumulatePair(row, ref data, groups, ref bias, ref sums);
        AccumulatePair(row + 2, ref data, groups, ref Unsafe.Add(ref bias, 2), ref Unsafe.Add(ref sums, 2));
    }

    /// <summary>Two outputs, because tables and sums of more would not fit into sixteen registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulatePair(int row, ref byte data, nint groups, ref int bias, ref int sums)
    {
        ref byte nibbles0 = ref Weights.Nibbles(row);
        ref byte nibbles1 = ref Weights.Nibbles(row + 1);
        Vector256<sbyte> table0 = Vector256.Create(Weights.Table(row), Weights.Table(row));
        Vector256<sbyte> table1 = Vector256.Create(Weights.Table(row + 1), Weights.Table(row + 1));
        Vector256<int> low0 = Vector256<int>.Zero;
        Vector256<int> high0 = Vector256<int>.Zero;
        Vector256<int> low1 = Vector256<int>.Zero;
        Vector256<int> high1 = Vector256<int>.Zero;
        Vector256<byte> mask = Vector256.Create((byte)0xF);
        for (; groups > 0; groups--)
        {
            Vector256<byte> values = Vector256.LoadUnsafe(ref data);
            Vector256<byte> pairs0 = Vector256.LoadUnsafe(ref nibbles0);
            Vector256<byte> pairs1 = Vector256.LoadUnsafe(ref nibbles1);
            low0 = AvxVnni.MultiplyWideningAndAdd(low0, values, Avx2.Shuffle(table0, (pairs0 & mask).AsSByte()));
            low1 = AvxVnni.MultiplyWideningAndAdd(low1, values, Avx2.Shuffle(table1, (pairs1 & mask).AsSByte()));
            values = Vector256.LoadUnsafe(ref data, NibbleWeights.GroupBytes);
            high0 = AvxVnni.MultiplyWideningAndAdd(high0, values, Avx2.Shuffle(table0, ((pairs0.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            high1 = AvxVnni.MultiplyWideningAndAdd(high1, values, Avx2.Shuffle(table1, ((pairs1.AsUInt16() >> 4).AsByte() & mask).AsSByte()));
            nibbles0 = ref Unsafe.Add(ref nibbles0, NibbleWeights.GroupBytes);
            nibbles1 = ref Unsafe.Add(ref nibbles1, NibbleWeights.GroupBytes);
            data = ref Unsafe.Add(ref data, NibbleWeights.Group);
        }

        sums = bias + Vector256.Sum(low0 + high0);
        Unsafe.Add(ref sums, 1) = Unsafe.Add(ref bias, 1) + Vector256.Sum(low1 + high1);
    }
}
