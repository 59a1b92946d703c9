using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A band of an image: the rows that the windows of some rows of outputs see, padding included, as bytes that lie one behind the other. A band is
/// as high as a part of the first cache holds, but at least one row of outputs.
/// </summary>
internal class PaddedRows
{
    /// <summary>Bytes behind the last row that a kernel may read, and multiply with weights of 0.</summary>
    protected const int Margin = 64;

    private const int PreferredBytes = 16384;

    private readonly Window _window;
    private readonly byte _padding;
    private readonly byte _flip;
    private readonly int _rowLength;
    private readonly int _rows;
    private readonly ConvolutionWorkspace _workspace;

    /// <param name="window">The sizes.</param>
    /// <param name="padding">What stands for 0: the zero point of the input.</param>
    /// <param name="flip">
    /// The bits of every byte that are turned over: 0x80 for kernels that want unsigned data, so that -128 becomes 0; 0 for others.
    /// </param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    internal PaddedRows(Window window, sbyte padding, byte flip, ConvolutionWorkspace workspace)
        : this(window, padding, flip, workspace, 0)
    {
    }

    /// <param name="window">The sizes.</param>
    /// <param name="padding">What stands for 0: the zero point of the input.</param>
    /// <param name="flip">The bits of every byte that are turned over.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    /// <param name="outputRowBytes">What a row of outputs takes of the cache beside the rows of the image.</param>
    protected PaddedRows(Window window, sbyte padding, byte flip, ConvolutionWorkspace workspace, int outputRowBytes)
    {
        _window = window;
        _padding = (byte)((byte)padding ^ flip);
        _flip = flip;
        _rowLength = (int)WindowReach.Columns(window) * window.InputChannels;
        OutputRows = 1;
        while (OutputRows < window.OutputHeight && (WindowReach.Rows(window, OutputRows + 1) * _rowLength) + ((long)(OutputRows + 1) * outputRowBytes) <= PreferredBytes)
        {
            OutputRows++;
        }

        _rows = (int)WindowReach.Rows(window, OutputRows);
        _workspace = workspace;
        workspace.RequireRows((_rows * _rowLength) + Margin);
    }

    /// <summary>The rows of outputs whose windows a band holds.</summary>
    internal int OutputRows { get; }

    /// <summary>The elements of a window that lie together, one behind the other: its rows, or, where it skips some, single pixels.</summary>
    internal virtual int PieceLength => _window.InputChannels * (_window.DilationWidth == 1 ? _window.KernelWidth : 1);

    /// <summary>The bytes beside the workspace.</summary>
    internal virtual int HeldBytes => 0;

    internal virtual ref byte First => ref _workspace.Rows.First;

    /// <summary>What stands for 0, without its bits turned over.</summary>
    protected sbyte ZeroPoint => (sbyte)(_padding ^ _flip);

    /// <summary>The bits of every byte that are turned over.</summary>
    protected byte Flip => _flip;

    /// <summary>Bands of the same data for other windows.</summary>
    internal virtual PaddedRows Of(Window window, ConvolutionWorkspace workspace)
    {
        return new PaddedRows(window, ZeroPoint, Flip, workspace);
    }

    /// <summary>Where in a band the window of an output starts.</summary>
    /// <param name="y">The row of the output, counted from the first of the band.</param>
    /// <param name="x">The column of the output.</param>
    internal virtual int Start(int y, int x)
    {
        return (y * _window.StrideHeight * _rowLength) + (x * _window.StrideWidth * _window.InputChannels);
    }

    /// <summary>Where an element lies, counted from the start of its window.</summary>
    /// <param name="element">The element, as in a filter [height, width, channels].</param>
    internal virtual int Offset(int element)
    {
        (int pixel, int channel) = Math.DivRem(element, _window.InputChannels);
        (int row, int column) = Math.DivRem(pixel, _window.KernelWidth);
        return (row * _window.DilationHeight * _rowLength) + (column * _window.DilationWidth * _window.InputChannels) + channel;
    }

    /// <summary>Copies the rows of a band.</summary>
    /// <param name="image">The image [height, width, channels].</param>
    /// <param name="outputRow">The first row of outputs.</param>
    internal virtual void Load(ReadOnlySpan<sbyte> image, int outputRow)
    {
        int first = (outputRow * _window.StrideHeight) - _window.PaddingTop;
        int before = _window.PaddingLeft * _window.InputChannels;
        int imageRow = _window.InputWidth * _window.InputChannels;
        int length = Math.Min(imageRow, _rowLength - before);
        Span<byte> bytes = _workspace.Rows.Span[..(_rows * _rowLength)];
        if (length == _rowLength && length == imageRow && first >= 0)
        {
            // Rows of the image lie as those of the band do.
            int inside = Math.Min(_rows, _window.InputHeight - first) * _rowLength;
            Copy(image.Slice(first * _rowLength, inside), bytes);
            bytes[inside..].Fill(_padding);
            return;
        }

        bytes[..before].Fill(_padding);
        bytes = bytes[before..];
        for (int y = first; y < first + _rows; y++)
        {
            Span<byte> row = bytes[..length];
            if (y < 0 || y >= _window.InputHeight)
            {
                row.Fill(_padding);
            }
            else
            {
                Copy(image.Slice(y * imageRow, length), row);
            }

            // The padding behind a row and that before the next lie together.
            bytes = bytes[length..];
            int between = Math.Min(_rowLength - length, bytes.Length);
            bytes[..between].Fill(_padding);
            bytes = bytes[between..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(ReadOnlySpan<sbyte> values, Span<byte> row)
    {
        ref byte from = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(values));
        ref byte to = ref MemoryMarshal.GetReference(row);
        Vector256<byte> flip = Vector256.Create(_flip);
        int i = 0;
        for (; i <= values.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            (Vector256.LoadUnsafe(ref from, (nuint)i) ^ flip).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i <= values.Length - sizeof(int); i += sizeof(int))
        {
            int flipped = Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref from, i)) ^ (_flip * 0x01010101);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i), flipped);
        }

        for (; i < values.Length; i++)
        {
            Unsafe.Add(ref to, i) = (byte)(Unsafe.Add(ref from, i) ^ _flip);
        }
    }
}
