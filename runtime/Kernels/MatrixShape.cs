namespace EdgeQuant.Runtime.Kernels;

/// <summary>The sizes of a product of two matrices, and how they lie.</summary>
internal sealed class MatrixShape
{
    internal MatrixShape(int rows, int depth, int columns, bool leftTransposed, bool rightTransposed)
    {
        Rows = rows;
        Depth = depth;
        Columns = columns;
        LeftTransposed = leftTransposed;
        RightTransposed = rightTransposed;
    }

    /// <summary>The rows of the left matrix and of the product.</summary>
    internal int Rows { get; }

    /// <summary>The columns of the left matrix, and the rows of the right one.</summary>
    internal int Depth { get; }

    /// <summary>The columns of the right matrix and of the product.</summary>
    internal int Columns { get; }

    /// <summary>True if the left matrix lies as [depth, rows].</summary>
    internal bool LeftTransposed { get; }

    /// <summary>True if the right matrix lies as [columns, depth].</summary>
    internal bool RightTransposed { get; }
}
