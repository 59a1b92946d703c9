using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Products with weights of 4 bits, for AVX-VNNI, without a table: a high nibble in its place is a byte of 16 times the weight, and a low one whose
/// highest bit is turned over is the weight plus 8, which is taken off again.
/// </summary>
/// <inheritdoc cref="NibbleProduct(ReadOnlySpan{sbyte}, NibbleWeights, RowParameters, Requantizer, byte)"/>
internal sealed class AvxVnniInt4Product(ReadOnlySpan<sbyte> weights, NibbleWeights nibbles, RowParameters parameters, Requantizer requantizer)
    : NibbleProduct(weights, nibbles, parameters, requantizer, 0x80)
{
    /// <summary>Rows of so many weights keep 16 times their products within 32 bits.</summary>
    internal const int MostColumns = 1 << 20;

    protected override void Accumulate(int row, ref byte data, nint groups, ref int bias, ref int sums)
    {
        AccumulatePair(ref Weights.Nibbles(row), ref Weights.Nibbles(row + 1), ref data, groups, ref bias, ref sums);
        AccumulatePair(ref Weights.Nibbles(row + 2), ref Weights.Nibbles(row + 3), ref data, groups, ref Unsafe.Add(ref bias, 2), ref Unsafe.Add(ref sums, 2));
    }

    /// <summary>Two outputs, because sums and masks of more would not fit into sixteen registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulatePair(ref byte nibbles0, ref byte nibbles1, ref byte data, nint groups, ref int bias, ref int sums)
    {
        Vector256<int> low0 = Vector256<int>.Zero;
        Vector256<int> high0 = Vector256<int>.Zero;
        Vector256<int> low1 = Vector256<int>.Zero;
        Vector256<int> high1 = Vector256<int>.Zero;
        Vector256<int> eights = Vector256<int>.Zero;
        Vector256<byte> mask = Vector256.Create((byte)0xF);
        Vector256<byte> upper = Vector256.Create((byte)0xF0);
        Vector256<byte> eight = Vector256.Create((byte)8);
        for (; groups > 0; groups--)
        {
            Vector256<byte> values = Vector256.LoadUnsafe(ref data);
            Vector256<byte> pairs0 = Vector256.LoadUnsafe(ref nibbles0);
            Vector256<byte> pairs1 = Vector256.LoadUnsafe(ref nibbles1);
            eights = AvxVnni.MultiplyWideningAndAdd(eights, values, eight.AsSByte());
            low0 = AvxVnni.MultiplyWideningAndAdd(low0, values, ((pairs0 & mask) ^ eight).AsSByte());
            low1 = AvxVnni.MultiplyWideningAndAdd(low1, values, ((pairs1 & mask) ^ eight).AsSByte());
            values = Vector256.LoadUnsafe(ref data, NibbleWeights.GroupBytes);
            high0 = AvxVnni.MultiplyWideningAndAdd(high0, values, (pairs0 & upper).AsSByte());
            high1 = AvxVnni.MultiplyWideningAndAdd(high1, values, (pairs1 & upper).AsSByte());
            nibbles0 = ref Unsafe.Add(ref nibbles0, NibbleWeights.GroupBytes);
            nibbles1 = ref Unsafe.Add(ref nibbles1, NibbleWeights.GroupBytes);
            data = ref Unsafe.Add(ref data, NibbleWeights.Group);
        }

        sums = bias + Vector256.Sum(low0 + (high0 >> 4) - eights);
        Unsafe.Add(ref sums, 1) = Unsafe.Add(ref bias, 1) + Vector256.Sum(low1 + (high1 >> 4) - eights);
    }
}
