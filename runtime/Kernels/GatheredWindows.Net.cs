using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A band of an image as the windows over it, one behind the other, each in one piece: for kernels that load more of a window at once than a row of
/// it has.
/// </summary>
internal sealed class GatheredWindows : PaddedRows
{
    private readonly Window _window;

    /// <summary>The bytes of a row of a window, and those that are copied for it: as many or more.</summary>
    private readonly int _piece;
    private readonly int _copied;

    /// <summary>From one window to the next. The last row of a window is followed by room for what is copied beyond it.</summary>
    private readonly int _stride;
    private readonly byte[] _windows;

    /// <inheritdoc cref="PaddedRows(Window, sbyte, byte)"/>
    internal GatheredWindows(Window window, sbyte padding, byte flip)
        : base(window, padding, flip, window.OutputWidth * StrideOf(window))
    {
        _window = window;
        _piece = base.PieceLength;
        _copied = CopiedOf(window);
        _stride = StrideOf(window);
        _windows = new byte[(OutputRows * window.OutputWidth * _stride) + Margin];
    }

    internal override int PieceLength => _window.KernelHeight * _piece;

    internal override int HeldBytes => base.HeldBytes + _windows.Length;

    internal override ref byte First => ref MemoryMarshal.GetArrayDataReference(_windows);

    /// <summary>True if the rows of a window are shorter than a length, and may be gathered: there are several, without gaps, and a vector holds each.</summary>
    /// <param name="window">The sizes.</param>
    /// <param name="length">The length, 0 to 17.</param>
    internal static bool AreShorter(Window window, int length)
    {
        return window.KernelHeight > 1 && window.DilationWidth == 1 && window.KernelWidth * window.InputChannels < length;
    }

    internal override PaddedRows Of(Window window)
    {
        return new GatheredWindows(window, ZeroPoint, Flip);
    }

    internal override int Start(int y, int x)
    {
        return ((y * _window.OutputWidth) + x) * _stride;
    }

    internal override int Offset(int element)
    {
        return element;
    }

    internal override void Load(ReadOnlySpan<sbyte> image, int outputRow)
    {
        base.Load(image, outputRow);
        int rows = Math.Min(OutputRows, _window.OutputHeight - outputRow);
        if (_copied == sizeof(int))
        {
            Gather<int>(rows);
        }
        else
        {
            Gather<Vector128<byte>>(rows);
        }
    }

    private static int CopiedOf(Window window)
    {
        return window.KernelWidth * window.InputChannels <= sizeof(int) ? sizeof(int) : Vector128<byte>.Count;
    }

    private static int StrideOf(Window window)
    {
        return ((window.KernelHeight - 1) * window.KernelWidth * window.InputChannels) + CopiedOf(window);
    }

    /// <summary>Copies the windows of some rows of outputs: the first row of all windows of a row of outputs, then the second, and so on.</summary>
    /// <typeparam name="T">What holds a row of a window. What is copied beyond it, the next row of the window overwrites.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather<T>(int rows)
        where T : struct
    {
        nint step = base.Start(0, 1);
        nint stride = _stride;
        nint rowStep = base.Offset(_piece);
        for (int y = 0; y < rows; y++)
        {
            ref byte row = ref Unsafe.Add(ref base.First, base.Start(y, 0));
            ref byte target = ref _windows[Start(y, 0)];
            for (int i = 0; i < _window.KernelHeight; i++)
            {
                ref byte from = ref row;
                ref byte to = ref target;
                int count = _window.OutputWidth;
                for (; count >= 4; count -= 4)
                {
                    Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<T>(ref from));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, stride), Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, step)));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 2 * stride), Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, 2 * step)));
                    Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 3 * stride), Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, 3 * step)));
                    from = ref Unsafe.Add(ref from, 4 * step);
                    to = ref Unsafe.Add(ref to, 4 * stride);
                }

                for (; count > 0; count--)
                {
                    Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<T>(ref from));
                    from = ref Unsafe.Add(ref from, step);
                    to = ref Unsafe.Add(ref to, stride);
                }

                row = ref Unsafe.Add(ref row, rowStep);
                target = ref Unsafe.Add(ref target, _piece);
            }
        }
    }
}
