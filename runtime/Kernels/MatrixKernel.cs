namespace EdgeQuant.Runtime.Kernels;

/// <summary>Products of two 8-bit matrices that are both computed while the network runs, prepared for their sizes when it is loaded.</summary>
internal abstract class MatrixKernel
{
    /// <summary>The bytes that it holds: both matrices in an order of its own.</summary>
    internal abstract long HeldBytes { get; }

    /// <summary>The sums that are written behind those of the product, and mean nothing.</summary>
    internal abstract int SumsBehind { get; }

    /// <summary>Multiplies: sums[row, column] = sum over k of (left[row, k] + leftOffset) x (right[k, column] + rightOffset).</summary>
    /// <param name="left">The one matrix, [rows, depth], or [depth, rows] where it is transposed.</param>
    /// <param name="leftOffset">Minus its zero point.</param>
    /// <param name="right">The other, [depth, columns], or [columns, depth] where it is transposed.</param>
    /// <param name="rightOffset">Minus its zero point.</param>
    /// <param name="sums">The product [rows, columns], and <see cref="SumsBehind"/>.</param>
    internal abstract void Run(ReadOnlyInt8Vector left, int leftOffset, ReadOnlyInt8Vector right, int rightOffset, int[] sums);
}
