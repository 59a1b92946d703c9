using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Products of two matrices for Arm64 with NEON: accumulators of four rows by eight columns stay in registers. Those of the first and of the second elements
/// of pairs are apart until the end.
/// </summary>
/// <inheritdoc cref="PairMatrixKernel(MatrixShape, int)"/>
internal sealed class NeonMatrixKernel(MatrixShape shape) : PairMatrixKernel(shape, Block)
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
        Vector128<int> sum02 = sum00;
        Vector128<int> sum03 = sum00;
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum00;
        Vector128<int> sum12 = sum00;
        Vector128<int> sum13 = sum00;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum00;
        Vector128<int> sum22 = sum00;
        Vector128<int> sum23 = sum00;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum00;
        Vector128<int> sum32 = sum00;
        Vector128<int> sum33 = sum00;
        for (nint pair = 0; pair < pairs; pair++)
        {
            Vector128<short> lower = Vector128.LoadUnsafe(ref right);
            Vector128<short> upper = Vector128.LoadUnsafe(ref right, Block);
            right = ref Unsafe.Add(ref right, 2 * Block);
            Vector128<short> values = Vector128.Create(Unsafe.Add(ref row0, pair)).AsInt16();
            sum00 = AdvSimd.MultiplyWideningLowerAndAdd(sum00, values.GetLower(), lower.GetLower());
            sum01 = AdvSimd.MultiplyWideningUpperAndAdd(sum01, values, lower);
            sum02 = AdvSimd.MultiplyWideningLowerAndAdd(sum02, values.GetLower(), upper.GetLower());
            sum03 = AdvSimd.MultiplyWideningUpperAndAdd(sum03, values, upper);
            values = Vector128.Create(Unsafe.Add(ref row1, pair)).AsInt16();
            sum10 = AdvSimd.MultiplyWideningLowerAndAdd(sum10, values.GetLower(), lower.GetLower());
            sum11 = AdvSimd.MultiplyWideningUpperAndAdd(sum11, values, lower);
            sum12 = AdvSimd.MultiplyWideningLowerAndAdd(sum12, values.GetLower(), upper.GetLower());
            sum13 = AdvSimd.MultiplyWideningUpperAndAdd(sum13, values, upper);
            values = Vector128.Create(Unsafe.Add(ref row2, pair)).AsInt16();
            sum20 = AdvSimd.MultiplyWideningLowerAndAdd(sum20, values.GetLower(), lower.GetLower());
            sum21 = AdvSimd.MultiplyWideningUpperAndAdd(sum21, values, lower);
            sum22 = AdvSimd.MultiplyWideningLowerAndAdd(sum22, values.GetLower(), upper.GetLower());
            sum23 = AdvSimd.MultiplyWideningUpperAndAdd(sum23, values, upper);
            values = Vector128.Create(Unsafe.Add(ref row3, pair)).AsInt16();
            sum30 = AdvSimd.MultiplyWideningLowerAndAdd(sum30, values.GetLower(), lower.GetLower());
            sum31 = AdvSimd.MultiplyWideningUpperAndAdd(sum31, values, lower);
            sum32 = AdvSimd.MultiplyWideningLowerAndAdd(sum32, values.GetLower(), upper.GetLower());
            sum33 = AdvSimd.MultiplyWideningUpperAndAdd(sum33, values, upper);
        }

        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
        AdvSimd.Arm64.AddPairwise(sum10, sum11).StoreUnsafe(ref Unsafe.Add(ref sums, stride));
        AdvSimd.Arm64.AddPairwise(sum12, sum13).StoreUnsafe(ref Unsafe.Add(ref sums, stride), 4);
        AdvSimd.Arm64.AddPairwise(sum20, sum21).StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
        AdvSimd.Arm64.AddPairwise(sum22, sum23).StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 4);
        AdvSimd.Arm64.AddPairwise(sum30, sum31).StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
        AdvSimd.Arm64.AddPairwise(sum32, sum33).StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void MultiplyRow(ref short left, nint pairs, ref short right, ref int sums)
    {
        ref int row0 = ref Unsafe.As<short, int>(ref left);
        Vector128<int> sum00 = Vector128<int>.Zero;
        Vector128<int> sum01 = sum00;
        Vector128<int> sum02 = sum00;
        Vector128<int> sum03 = sum00;
        for (nint pair = 0; pair < pairs; pair++)
        {
            Vector128<short> lower = Vector128.LoadUnsafe(ref right);
            Vector128<short> upper = Vector128.LoadUnsafe(ref right, Block);
            right = ref Unsafe.Add(ref right, 2 * Block);
            Vector128<short> values = Vector128.Create(Unsafe.Add(ref row0, pair)).AsInt16();
            sum00 = AdvSimd.MultiplyWideningLowerAndAdd(sum00, values.GetLower(), lower.GetLower());
            sum01 = AdvSimd.MultiplyWideningUpperAndAdd(sum01, values, lower);
            sum02 = AdvSimd.MultiplyWideningLowerAndAdd(sum02, values.GetLower(), upper.GetLower());
            sum03 = AdvSimd.MultiplyWideningUpperAndAdd(sum03, values, upper);
        }

        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
    }
}
