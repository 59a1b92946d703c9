using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Sums over rows of bytes, eight columns at a time; what pools and means rest on.</summary>
internal static class Vector128Rows
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
        for (; column <= count - Vector128<short>.Count; column += Vector128<short>.Count)
        {
            ref sbyte row = ref Unsafe.Add(ref values, column);
            Vector128<int> lower = Vector128.LoadUnsafe(ref totals, (nuint)column);
            Vector128<int> upper = Vector128.LoadUnsafe(ref totals, (nuint)column + 4);
            for (int left = rows; left > 0; left -= MostRows)
            {
                Vector128<short> partial = Vector128<short>.Zero;
                for (int i = Math.Min(left, MostRows); i > 0; i--)
                {
                    partial += Sse41.ConvertToVector128Int16(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref row))).AsSByte());
                    row = ref Unsafe.Add(ref row, stride);
                }

                lower += Vector128.WidenLower(partial);
                upper += Vector128.WidenUpper(partial);
            }

            lower.StoreUnsafe(ref totals, (nuint)column);
            upper.StoreUnsafe(ref totals, (nuint)column + 4);
        }

        return column;
    }
}
