using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Products of two matrices in plain C#: two rows share a multiplication of 64 bits, as pixels do in <see cref="ScalarPairConvolution"/>.</summary>
/// <inheritdoc cref="PairMatrixKernel(MatrixShape, int)"/>
internal sealed class ScalarMatrixKernel(MatrixShape shape) : PairMatrixKernel(shape, Block)
{
    /// <summary>The most products that 32 bits hold the sum of: each is 255 x 255 at most.</summary>
    internal const int MostDepth = int.MaxValue / (255 * 255);

    /// <summary>Columns of a block.</summary>
    private const int Block = 4;

    private const int Half = 32;

    protected override void MultiplyTile(ref short left, nint step, nint pairs, ref short right, ref int sums, nint stride)
    {
        MultiplyTwo(ref left, step, pairs, ref right, ref sums, stride);
        MultiplyTwo(ref Unsafe.Add(ref left, 2 * step), step, pairs, ref right, ref Unsafe.Add(ref sums, 2 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void MultiplyRow(ref short left, nint pairs, ref short right, ref int sums)
    {
        int sum0 = 0;
        int sum1 = 0;
        int sum2 = 0;
        int sum3 = 0;
        for (; pairs > 0; pairs--)
        {
            int first = left;
            int second = Unsafe.Add(ref left, 1);
            sum0 += (first * right) + (second * Unsafe.Add(ref right, 1));
            sum1 += (first * Unsafe.Add(ref right, 2)) + (second * Unsafe.Add(ref right, 3));
            sum2 += (first * Unsafe.Add(ref right, 4)) + (second * Unsafe.Add(ref right, 5));
            sum3 += (first * Unsafe.Add(ref right, 6)) + (second * Unsafe.Add(ref right, 7));
            left = ref Unsafe.Add(ref left, 2);
            right = ref Unsafe.Add(ref right, 2 * Block);
        }

        sums = sum0;
        Unsafe.Add(ref sums, 1) = sum1;
        Unsafe.Add(ref sums, 2) = sum2;
        Unsafe.Add(ref sums, 3) = sum3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTwo(ref short left, nint step, nint pairs, ref short right, ref int sums, nint stride)
    {
        ref short next = ref Unsafe.Add(ref left, step);
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (; pairs > 0; pairs--)
        {
            long first = left + ((long)next << Half);
            long second = Unsafe.Add(ref left, 1) + ((long)Unsafe.Add(ref next, 1) << Half);
            sum0 += (first * right) + (second * Unsafe.Add(ref right, 1));
            sum1 += (first * Unsafe.Add(ref right, 2)) + (second * Unsafe.Add(ref right, 3));
            sum2 += (first * Unsafe.Add(ref right, 4)) + (second * Unsafe.Add(ref right, 5));
            sum3 += (first * Unsafe.Add(ref right, 6)) + (second * Unsafe.Add(ref right, 7));
            left = ref Unsafe.Add(ref left, 2);
            next = ref Unsafe.Add(ref next, 2);
            right = ref Unsafe.Add(ref right, 2 * Block);
        }

        // The rows in order: behind the last column the first sums of the next row are written.
        sums = (int)sum0;
        Unsafe.Add(ref sums, 1) = (int)sum1;
        Unsafe.Add(ref sums, 2) = (int)sum2;
        Unsafe.Add(ref sums, 3) = (int)sum3;
        sums = ref Unsafe.Add(ref sums, stride);
        sums = Upper(sum0);
        Unsafe.Add(ref sums, 1) = Upper(sum1);
        Unsafe.Add(ref sums, 2) = Upper(sum2);
        Unsafe.Add(ref sums, 3) = Upper(sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Upper(long sum)
    {
        return (int)((sum - (int)sum) >> Half);
    }
}
