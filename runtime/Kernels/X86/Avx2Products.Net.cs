using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Products of a vector with the rows of a matrix of bytes, four rows at a time; rows need not fill registers.</summary>
internal static class Avx2Products
{
    /// <summary>Elements that are multiplied at once.</summary>
    private const int Lanes = 16;

    /// <summary>Zeros, then ones: what a register at the end of a row, whose first elements are done, keeps.</summary>
    private static readonly short[] s_rest = [.. Enumerable.Repeat((short)0, Lanes), .. Enumerable.Repeat((short)-1, Lanes)];

    /// <summary>As <see cref="KernelSet.AccumulateRows"/>.</summary>
    internal static void Accumulate(ReadOnlySpan<sbyte> input, int inputOffset, ReadOnlySpan<sbyte> weights, int weightOffset, int rows, int[] sums)
    {
        if (input.Length < Lanes)
        {
            Vector128Products.Accumulate(input, inputOffset, weights, weightOffset, rows, sums);
            return;
        }

        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref sbyte factors = ref MemoryMarshal.GetReference(weights[..(rows * input.Length)]);
        ref int results = ref MemoryMarshal.GetReference(sums.AsSpan(0, rows));
        AccumulateLong(ref values, inputOffset, ref factors, weightOffset, input.Length, rows, ref results);
    }

    /// <summary>Rows that fill a register, or more. The last register of a row takes some elements again, as zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateLong(ref sbyte input, int inputOffset, ref sbyte weights, int weightOffset, nint length, int rows, ref int sums)
    {
        Vector256<short> inputOffsets = Vector256.Create((short)inputOffset);
        Vector256<short> weightOffsets = Vector256.Create((short)weightOffset);
        nint last = length - Lanes;
        Vector256<short> rest = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(s_rest), (nuint)(length % Lanes == 0 ? Lanes : length % Lanes));
        int row = 0;
        for (; row <= rows - 4; row += 4)
        {
            ref sbyte row1 = ref Unsafe.Add(ref weights, length);
            ref sbyte row2 = ref Unsafe.Add(ref row1, length);
            ref sbyte row3 = ref Unsafe.Add(ref row2, length);
            Vector256<short> values = (Load(ref input, last) + inputOffsets) & rest;
            Vector256<int> sum0 = Avx2.MultiplyAddAdjacent(values, Load(ref weights, last) + weightOffsets);
            Vector256<int> sum1 = Avx2.MultiplyAddAdjacent(values, Load(ref row1, last) + weightOffsets);
            Vector256<int> sum2 = Avx2.MultiplyAddAdjacent(values, Load(ref row2, last) + weightOffsets);
            Vector256<int> sum3 = Avx2.MultiplyAddAdjacent(values, Load(ref row3, last) + weightOffsets);
            for (nint k = 0; k < last; k += Lanes)
            {
                values = Load(ref input, k) + inputOffsets;
                sum0 += Avx2.MultiplyAddAdjacent(values, Load(ref weights, k) + weightOffsets);
                sum1 += Avx2.MultiplyAddAdjacent(values, Load(ref row1, k) + weightOffsets);
                sum2 += Avx2.MultiplyAddAdjacent(values, Load(ref row2, k) + weightOffsets);
                sum3 += Avx2.MultiplyAddAdjacent(values, Load(ref row3, k) + weightOffsets);
            }

            Vector256<int> halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(sum0, sum1), Avx2.HorizontalAdd(sum2, sum3));
            (Vector128.LoadUnsafe(ref sums, (nuint)row) + halves.GetLower() + halves.GetUpper()).StoreUnsafe(ref sums, (nuint)row);
            weights = ref Unsafe.Add(ref row3, length);
        }

        for (; row < rows; row++)
        {
            Vector256<int> sum = Avx2.MultiplyAddAdjacent((Load(ref input, last) + inputOffsets) & rest, Load(ref weights, last) + weightOffsets);
            for (nint k = 0; k < last; k += Lanes)
            {
                sum += Avx2.MultiplyAddAdjacent(Load(ref input, k) + inputOffsets, Load(ref weights, k) + weightOffsets);
            }

            Unsafe.Add(ref sums, row) += Vector256.Sum(sum);
            weights = ref Unsafe.Add(ref weights, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(ref sbyte values, nint at)
    {
        return Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref values, (nuint)at));
    }
}
