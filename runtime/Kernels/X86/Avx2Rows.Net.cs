using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Sums over rows of bytes, sixteen columns at a time, then eight; what pools and means rest on.</summary>
internal static class Avx2Rows
{
    /// <summary>The rows whose sums fit into 16 bits.</summary>
    private const int MostRows = 255;

    /// <summary>As <see cref="KernelSet.AddRows"/>, as far as whole vectors reach.</summary>
    /// <returns>The columns that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Add(ReadOnlySpan<sbyte> input, int rows, int stride, int[] sums, int count)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(input);
        ref int totals = ref MemoryMarshal.GetReference(sums.AsSpan(0, count));
        int column = 0;
        for (; column <= count - Vector128<sbyte>.Count; column += Vector128<sbyte>.Count)
        {
            ref sbyte row = ref Unsafe.Add(ref values, column);
            Vector256<int> lower = Vector256.LoadUnsafe(ref totals, (nuint)column);
            Vector256<int> upper = Vector256.LoadUnsafe(ref totals, (nuint)column + 8);
            for (int left = rows; left > 0; left -= MostRows)
            {
                Vector256<short> partial = Vector256<short>.Zero;
                for (int i = Math.Min(left, MostRows); i > 0; i--)
                {
                    partial += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row));
                    row = ref Unsafe.Add(ref row, stride);
                }

                lower += Avx2.ConvertToVector256Int32(partial.GetLower());
                upper += Avx2.ConvertToVector256Int32(partial.GetUpper());
            }

            lower.StoreUnsafe(ref totals, (nuint)column);
            upper.StoreUnsafe(ref totals, (nuint)column + 8);
        }

        for (; column <= count - Vector256<int>.Count; column += Vector256<int>.Count)
        {
            ref sbyte row = ref Unsafe.Add(ref values, column);
            Vector256<int> sum = Vector256.LoadUnsafe(ref totals, (nuint)column);
            for (int i = rows; i > 0; i--)
            {
                sum += Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref row))).AsSByte());
                row = ref Unsafe.Add(ref row, stride);
            }

            sum.StoreUnsafe(ref totals, (nuint)column);
        }

        return column;
    }
}
