using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Products of two matrices for machines that multiply 16-bit elements and add the products in pairs. Both are widened to 16 bits once, with their zero points
/// taken off; the right one is put in the order in which a block of columns reads it.
/// </summary>
internal abstract class PairMatrixKernel : MatrixKernel
{
    /// <summary>Rows of a tile.</summary>
    protected const int Tile = 4;

    private readonly MatrixShape _shape;
    private readonly int _block;
    private readonly int _pairs;

    /// <summary>[row, element], an even number of elements.</summary>
    private readonly AlignedArray<short> _left;

    /// <summary>[block of columns, pair of elements, column of the block, element of the pair].</summary>
    private readonly AlignedArray<short> _right;

    /// <param name="shape">The sizes.</param>
    /// <param name="block">Columns that are computed at once, a multiple of four.</param>
    protected PairMatrixKernel(MatrixShape shape, int block)
    {
        _shape = shape;
        _block = block;
        _pairs = (shape.Depth + 1) / 2;
        int blocks = (shape.Columns + block - 1) / block;
        _left = new AlignedArray<short>(shape.Rows * _pairs * 2);
        _right = new AlignedArray<short>(blocks * _pairs * 2 * block);
    }

    internal sealed override long HeldBytes => _left.HeldBytes + _right.HeldBytes;

    internal sealed override int SumsBehind => _block;

    internal sealed override void Run(ReadOnlySpan<sbyte> left, int leftOffset, ReadOnlySpan<sbyte> right, int rightOffset, int[] sums)
    {
        LoadLeft(left, leftOffset);
        if (_shape.RightTransposed)
        {
            LoadColumns(right, rightOffset);
        }
        else
        {
            LoadRows(right, rightOffset);
        }

        Span<int> results = sums.AsSpan(0, (_shape.Rows * _shape.Columns) + _block);
        int blockLength = _pairs * 2 * _block;

        // The last block first: it may reach into the first columns of the next row.
        for (int start = _right.Length - blockLength; start >= 0; start -= blockLength)
        {
            Multiply(ref _right[start], ref results[start / blockLength * _block]);
        }
    }

    /// <summary>Computes four rows of a block of columns.</summary>
    /// <param name="left">The first row.</param>
    /// <param name="step">From one row to the next.</param>
    /// <param name="pairs">The pairs of a row.</param>
    /// <param name="right">[pair, column of the block, element of the pair].</param>
    /// <param name="sums">The sums of the first row.</param>
    /// <param name="stride">From the sums of one row to those of the next.</param>
    protected abstract void MultiplyTile(ref short left, nint step, nint pairs, ref short right, ref int sums, nint stride);

    /// <summary>As <see cref="MultiplyTile"/>, for one row.</summary>
    protected abstract void MultiplyRow(ref short left, nint pairs, ref short right, ref int sums);

    private void Multiply(ref short right, ref int sums)
    {
        int step = _pairs * 2;
        int row = 0;
        for (; row <= _shape.Rows - Tile; row += Tile)
        {
            MultiplyTile(ref _left[row * step], step, _pairs, ref right, ref Unsafe.Add(ref sums, row * _shape.Columns), _shape.Columns);
        }

        for (; row < _shape.Rows; row++)
        {
            MultiplyRow(ref _left[row * step], _pairs, ref right, ref Unsafe.Add(ref sums, row * _shape.Columns));
        }
    }

    private void LoadLeft(ReadOnlySpan<sbyte> left, int offset)
    {
        int depth = _shape.Depth;
        int rows = _shape.Rows;
        Span<short> target = _left.Span;
        for (int row = 0; row < rows; row++, target = target[(_pairs * 2)..])
        {
            if (_shape.LeftTransposed)
            {
                Gather(ref MemoryMarshal.GetReference(left[row..]), rows, depth, offset, ref MemoryMarshal.GetReference(target));
            }
            else
            {
                Widen(left.Slice(row * depth, depth), offset, target);
            }
        }
    }

    /// <summary>Loads a right matrix [columns, depth].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadColumns(ReadOnlySpan<sbyte> right, int offset)
    {
        int depth = _shape.Depth;
        int columns = _shape.Columns;
        for (int column = 0; column < columns; column++)
        {
            ref sbyte values = ref MemoryMarshal.GetReference(right.Slice(column * depth, depth));
            ref int target = ref Unsafe.As<short, int>(ref _right[((column / _block * _pairs * _block) + (column % _block)) * 2]);
            nint k = 0;
            for (; k < depth - 1; k += 2)
            {
                target = Pair(Unsafe.Add(ref values, k) + offset, Unsafe.Add(ref values, k + 1) + offset);
                target = ref Unsafe.Add(ref target, _block);
            }

            if (k < depth)
            {
                target = Pair(Unsafe.Add(ref values, k) + offset, 0);
            }
        }
    }

    /// <summary>Loads a right matrix [depth, columns].</summary>
    private void LoadRows(ReadOnlySpan<sbyte> right, int offset)
    {
        int columns = _shape.Columns;
        for (int pair = 0; pair < _pairs; pair++)
        {
            ref sbyte first = ref MemoryMarshal.GetReference(right.Slice(2 * pair * columns, columns));

            // What the last row of an odd number meets is 0.
            ref sbyte second = ref ((2 * pair) + 1 < _shape.Depth ? ref Unsafe.Add(ref first, columns) : ref first);
            for (int column = 0; column < columns; column += _block)
            {
                ref int target = ref Unsafe.As<short, int>(ref _right[(((column / _block * _pairs) + pair) * _block) * 2]);
                Interleave(ref Unsafe.Add(ref first, column), ref Unsafe.Add(ref second, column), offset, ref target, Math.Min(_block, columns - column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pair(int first, int second)
    {
        return (first & 0xFFFF) | (second << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(ref sbyte first, ref sbyte second, int offset, ref int target, int count)
    {
        int i = 0;
        Vector128<short> offsets = Vector128.Create((short)offset);
        Vector128<int> low = Vector128.Create(0xFFFF);
        for (; i <= count - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            Vector128<short> lower = Load(ref first, i) + offsets;
            Vector128<short> upper = Load(ref second, i) + offsets;
            ((Vector128.WidenLower(lower) & low) | (Vector128.WidenLower(upper) << 16)).StoreUnsafe(ref target, (nuint)i);
            ((Vector128.WidenUpper(lower) & low) | (Vector128.WidenUpper(upper) << 16)).StoreUnsafe(ref target, (nuint)i + 4);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Pair(Unsafe.Add(ref first, i) + offset, Unsafe.Add(ref second, i) + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<sbyte> values, int offset, Span<short> target)
    {
        ref sbyte from = ref MemoryMarshal.GetReference(values);
        ref short to = ref MemoryMarshal.GetReference(target);
        Vector128<short> offsets = Vector128.Create((short)offset);
        int i = 0;
        for (; i <= values.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (Load(ref from, i) + offsets).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            Unsafe.Add(ref to, i) = (short)(Unsafe.Add(ref from, i) + offset);
        }
    }

    /// <summary>Widens elements at regular distances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ref sbyte values, nint stride, int count, int offset, ref short target)
    {
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = (short)(values + offset);
            values = ref Unsafe.Add(ref values, stride);
        }
    }

    /// <summary>Eight bytes, widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Load(ref sbyte values, int at)
    {
        long bytes = Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref values, at)));
        return Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsSByte());
    }
}
