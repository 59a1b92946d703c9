using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Products of vectors of bytes in 128 bits, four rows at a time; rows need not fill registers.</summary>
internal static class Vector128Products
{
    /// <summary>Elements that are multiplied at once.</summary>
    private const int Lanes = 8;

    /// <summary>Zeros, then ones: what a register at the end of a row, whose first elements are done, keeps.</summary>
    private static readonly short[] s_rest = [.. Enumerable.Repeat((short)0, Lanes), .. Enumerable.Repeat((short)-1, Lanes)];

    /// <summary>As <see cref="KernelSet.AccumulateRows"/>.</summary>
    internal static void Accumulate(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, int rows, int[] sums)
    {
        if (input.Length < Lanes)
        {
            AccumulateShort(input, inputOffset, weights, weightOffset, sums.AsSpan(0, rows));
            return;
        }

        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..(rows * input.Length)]);
        ref int results = ref MemoryMarshal.GetReference(sums.AsSpan(0, rows));
        AccumulateLong(ref values, inputOffset, ref factors, weightOffset, input.Length, rows, ref results);
    }

    /// <summary>As <see cref="KernelSet.AccumulateRowProducts"/>.</summary>
    internal static void AccumulateRowProducts(ReadOnlySpan<sbyte> left, int leftOffset, ReadOnlySpan<sbyte> right, int rows, int[] sums)
    {
        int length = left.Length / rows;
        int whole = length & ~(Lanes - 1);
        if (whole > 0)
        {
            AccumulateWhole(
                ref MemoryMarshal.GetReference(left), leftOffset, ref MemoryMarshal.GetReference(right[..left.Length]), length, whole, sums.AsSpan(0, rows));
        }

        for (int row = 0; whole < length && row < rows; row++)
        {
            for (int k = (row * length) + whole; k < (row + 1) * length; k++)
            {
                sums[row] += (left[k] + leftOffset) * right[k];
            }
        }
    }

    /// <summary>Products of rows, as far as registers of eight elements reach.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateWhole(ref sbyte left, int leftOffset, ref sbyte right, nint length, nint whole, Span<int> sums)
    {
        Vector128<short> offset = Vector128.Create((short)leftOffset);
        ref int results = ref MemoryMarshal.GetReference(sums);
        int row = 0;
        for (; row <= sums.Length - 4; row += 4)
        {
            Vector128<int> sum0 = Vector128<int>.Zero;
            Vector128<int> sum1 = Vector128<int>.Zero;
            Vector128<int> sum2 = Vector128<int>.Zero;
            Vector128<int> sum3 = Vector128<int>.Zero;
            nint at = row * length;
            for (nint k = at; k < at + whole; k += Lanes)
            {
                sum0 += Sse2.MultiplyAddAdjacent(Load(ref left, k) + offset, Load(ref right, k));
                sum1 += Sse2.MultiplyAddAdjacent(Load(ref left, k + length) + offset, Load(ref right, k + length));
                sum2 += Sse2.MultiplyAddAdjacent(Load(ref left, k + (2 * length)) + offset, Load(ref right, k + (2 * length)));
                sum3 += Sse2.MultiplyAddAdjacent(Load(ref left, k + (3 * length)) + offset, Load(ref right, k + (3 * length)));
            }

            Vector128<int> all = Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(sum0, sum1), Ssse3.HorizontalAdd(sum2, sum3));
            (Vector128.LoadUnsafe(ref results, (nuint)row) + all).StoreUnsafe(ref results, (nuint)row);
        }

        for (; row < sums.Length; row++)
        {
            Vector128<int> sum = Vector128<int>.Zero;
            nint at = row * length;
            for (nint k = at; k < at + whole; k += Lanes)
            {
                sum += Sse2.MultiplyAddAdjacent(Load(ref left, k) + offset, Load(ref right, k));
            }

            Unsafe.Add(ref results, row) += Vector128.Sum(sum);
        }
    }

    /// <summary>Rows that fill a register, or more. The last register of a row takes some elements again, as zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateLong(ref sbyte input, int inputOffset, ref sbyte weights, int weightOffset, nint length, int rows, ref int sums)
    {
        Vector128<short> inputOffsets = Vector128.Create((short)inputOffset);
        Vector128<short> weightOffsets = Vector128.Create((short)weightOffset);
        nint last = length - Lanes;
        Vector128<short> rest = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(s_rest), (nuint)(length % Lanes == 0 ? Lanes : length % Lanes));
        int row = 0;
        for (; row <= rows - 4; row += 4)
        {
            ref sbyte row1 = ref Unsafe.Add(ref weights, length);
            ref sbyte row2 = ref Unsafe.Add(ref row1, length);
            ref sbyte row3 = ref Unsafe.Add(ref row2, length);
            Vector128<short> values = (Load(ref input, last) + inputOffsets) & rest;
            Vector128<int> sum0 = Sse2.MultiplyAddAdjacent(values, Load(ref weights, last) + weightOffsets);
            Vector128<int> sum1 = Sse2.MultiplyAddAdjacent(values, Load(ref row1, last) + weightOffsets);
            Vector128<int> sum2 = Sse2.MultiplyAddAdjacent(values, Load(ref row2, last) + weightOffsets);
            Vector128<int> sum3 = Sse2.MultiplyAddAdjacent(values, Load(ref row3, last) + weightOffsets);
            for (nint k = 0; k < last; k += Lanes)
            {
                values = Load(ref input, k) + inputOffsets;
                sum0 += Sse2.MultiplyAddAdjacent(values, Load(ref weights, k) + weightOffsets);
                sum1 += Sse2.MultiplyAddAdjacent(values, Load(ref row1, k) + weightOffsets);
                sum2 += Sse2.MultiplyAddAdjacent(values, Load(ref row2, k) + weightOffsets);
                sum3 += Sse2.MultiplyAddAdjacent(values, Load(ref row3, k) + weightOffsets);
            }

            Vector128<int> all = Ssse3.HorizontalAdd(Ssse3.HorizontalAdd(sum0, sum1), Ssse3.HorizontalAdd(sum2, sum3));
            (Vector128.LoadUnsafe(ref sums, (nuint)row) + all).StoreUnsafe(ref sums, (nuint)row);
            weights = ref Unsafe.Add(ref row3, length);
        }

        for (; row < rows; row++)
        {
            Vector128<int> sum = Sse2.MultiplyAddAdjacent((Load(ref input, last) + inputOffsets) & rest, Load(ref weights, last) + weightOffsets);
            for (nint k = 0; k < last; k += Lanes)
            {
                sum += Sse2.MultiplyAddAdjacent(Load(ref input, k) + inputOffsets, Load(ref weights, k) + weightOffsets);
            }

            Unsafe.Add(ref sums, row) += Vector128.Sum(sum);
            weights = ref Unsafe.Add(ref weights, length);
        }
    }

    private static void AccumulateShort(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, Span<int> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            ReadOnlySpan<sbyte> factors = weights.Slice(row * input.Length, input.Length);
            int sum = 0;
            for (int k = 0; k < input.Length; k++)
            {
                sum += (input[k] + inputOffset) * (factors[k] + weightOffset);
            }

            sums[row] += sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ref sbyte values, nint at)
    {
        return Sse41.ConvertToVector128Int16(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref values, at)))).AsSByte());
    }
}
