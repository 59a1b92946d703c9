using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// The rows of an image that the windows of one row of outputs see, widened to 16 bits with the zero point taken off, so that padding is 0. Rows that
/// have 16 bits and no zero point are copied. They lie in a ring, in the workspace: a row is widened once, however many rows of outputs see it.
/// </summary>
internal sealed class WidenedRows
{
    /// <summary>Elements behind the last row that a kernel may read, and multiply with weights of 0.</summary>
    private const int Margin = 64;

    private readonly Window _window;
    private readonly int _inputOffset;
    private readonly int _dataBytes;
    private readonly int _rowLength;
    private readonly int _slots;
    private readonly ConvolutionWorkspace _workspace;
    private int _next;

    /// <param name="window">The sizes.</param>
    /// <param name="inputOffset">Minus the zero point; 0 for data of 16 bits.</param>
    /// <param name="dataBytes">The bytes of an element, 1 or 2.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    internal WidenedRows(Window window, int inputOffset, int dataBytes, ConvolutionWorkspace workspace)
    {
        _window = window;
        _inputOffset = inputOffset;
        _dataBytes = dataBytes;
        _rowLength = (int)WindowReach.Columns(window) * window.InputChannels;
        _slots = (int)WindowReach.Rows(window, 1);
        _workspace = workspace;
        workspace.RequireRows(sizeof(short) * ((_slots * _rowLength) + Margin));
    }

    /// <summary>Elements from the window of one output to that of the next.</summary>
    internal int Step => _window.StrideWidth * _window.InputChannels;

    internal ref short First => ref Unsafe.As<byte, short>(ref _workspace.Rows.First);

    /// <summary>Rows of the same data for other windows.</summary>
    internal WidenedRows Of(Window window, ConvolutionWorkspace workspace)
    {
        return new WidenedRows(window, _inputOffset, _dataBytes, workspace);
    }

    /// <summary>Forgets the rows: another image follows.</summary>
    internal void Start()
    {
        _next = -_window.PaddingTop;
    }

    /// <summary>Widens the rows that the windows of a row of outputs see. Rows of outputs are asked for in ascending order.</summary>
    internal void Advance(ReadOnlySpan<sbyte> image, int outputRow)
    {
        int first = (outputRow * _window.StrideHeight) - _window.PaddingTop;
        int end = first + _slots;
        Span<short> rows = MemoryMarshal.Cast<byte, short>(_workspace.Rows.Span);
        for (int y = Math.Max(_next, first); y < end; y++)
        {
            Widen(image, y, rows.Slice(Slot(y), _rowLength));
        }

        _next = end;
    }

    /// <summary>The element at which the window of the first output starts in a row of the kernel.</summary>
    internal int Start(int outputRow, int kernelRow)
    {
        return Slot((outputRow * _window.StrideHeight) - _window.PaddingTop + (kernelRow * _window.DilationHeight));
    }

    private int Slot(int y)
    {
        return (y + _window.PaddingTop) % _slots * _rowLength;
    }

    private void Widen(ReadOnlySpan<sbyte> image, int y, Span<short> row)
    {
        if (y < 0 || y >= _window.InputHeight)
        {
            row.Clear();
            return;
        }

        int before = _window.PaddingLeft * _window.InputChannels;
        int length = Math.Min(_window.InputWidth * _window.InputChannels, _rowLength - before);
        row[..before].Clear();
        row[(before + length)..].Clear();
        ReadOnlySpan<sbyte> values = image.Slice(y * _window.InputWidth * _window.InputChannels * _dataBytes, length * _dataBytes);
        if (_dataBytes == sizeof(short))
        {
            MemoryMarshal.Cast<sbyte, short>(values).CopyTo(row[before..]);
        }
        else
        {
            Widen(values, row.Slice(before, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Widen(ReadOnlySpan<sbyte> values, Span<short> widened)
    {
        ref sbyte from = ref MemoryMarshal.GetReference(values);
        ref short to = ref MemoryMarshal.GetReference(widened);
        Vector128<short> offset = Vector128.Create((short)_inputOffset);
        int i = 0;
        for (; i <= values.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            (lower + offset).StoreUnsafe(ref to, (nuint)i);
            (upper + offset).StoreUnsafe(ref to, (nuint)(i + Vector128<short>.Count));
        }

        for (; i < values.Length; i++)
        {
            Unsafe.Add(ref to, i) = (short)(Unsafe.Add(ref from, i) + _inputOffset);
        }
    }
}
