using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Products of two matrices for 128-bit vectors: four rows by eight columns stay in registers.</summary>
/// <inheritdoc cref="PairMatrixKernel(MatrixShape, int)"/>
internal sealed class Vector128MatrixKernel(MatrixShape shape) : PairMatrixKernel(shape, Block)
{
    /// <summary>Columns of a block.</summary>
    private const int Block = 8;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void MultiplyTile(ref short left, nint step, nint pairs, ref short right, ref int sums, nint stride)
    {
        ref int row0 = ref Unsafe.As<short, int>(ref left);
        ref int row1 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref left, step));
        ref int row2 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref left, 2 * step));
        ref int row3 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref left, 3 * step));
        Vector128<int> sum00 = Vector128<int>.Zero;
        Vector128<int> sum01 = sum00;
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum00;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum00;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum00;
        for (nint pair = 0; pair < pairs; pair++)
        {
            Vector128<short> right0 = Vector128.LoadUnsafe(ref right);
            Vector128<short> right1 = Vector128.LoadUnsafe(ref right, Block);
            right = ref Unsafe.Add(ref right, 2 * Block);
            Vector128<short> values = Vector128.Create(Unsafe.Add(ref row0, pair)).AsInt16();
            sum00 += Sse2.MultiplyAddAdjacent(values, right0);
            sum01 += Sse2.MultiplyAddAdjacent(values, right1);
            values = Vector128.Create(Unsafe.Add(ref row1, pair)).AsInt16();
            sum10 += Sse2.MultiplyAddAdjacent(values, right0);
            sum11 += Sse2.MultiplyAddAdjacent(values, right1);
            values = Vector128.Create(Unsafe.Add(ref row2, pair)).AsInt16();
            sum20 += Sse2.MultiplyAddAdjacent(values, right0);
            sum21 += Sse2.MultiplyAddAdjacent(values, right1);
            values = Vector128.Create(Unsafe.Add(ref row3, pair)).AsInt16();
            sum30 += Sse2.MultiplyAddAdjacent(values, right0);
            sum31 += Sse2.MultiplyAddAdjacent(values, right1);
        }

        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, Block / 2);
        sum10.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
        sum11.StoreUnsafe(ref Unsafe.Add(ref sums, stride), Block / 2);
        sum20.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
        sum21.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), Block / 2);
        sum30.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
        sum31.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), Block / 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void MultiplyRow(ref short left, nint pairs, ref short right, ref int sums)
    {
        ref int row = ref Unsafe.As<short, int>(ref left);
        Vector128<int> sum0 = Vector128<int>.Zero;
        Vector128<int> sum1 = sum0;
        for (nint pair = 0; pair < pairs; pair++)
        {
            Vector128<short> values = Vector128.Create(Unsafe.Add(ref row, pair)).AsInt16();
            sum0 += Sse2.MultiplyAddAdjacent(values, Vector128.LoadUnsafe(ref right));
            sum1 += Sse2.MultiplyAddAdjacent(values, Vector128.LoadUnsafe(ref right, Block));
            right = ref Unsafe.Add(ref right, 2 * Block);
        }

        sum0.StoreUnsafe(ref sums);
        sum1.StoreUnsafe(ref sums, Block / 2);
    }
}
