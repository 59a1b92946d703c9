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

    /// <summary>The bytes of a row of a window. A vector is copied for it, and the next row overwrites what is beyond.</summary>
    private readonly int _piece;

    /// <summary>From one window to the next: behind the last row is room for what is copied beyond it.</summary>
    private readonly int _stride;
    private readonly byte[] _windows;

    /// <inheritdoc cref="PaddedRows(Window, sbyte, byte, ConvolutionWorkspace)"/>
    internal GatheredWindows(Window window, sbyte padding, byte flip, ConvolutionWorkspace workspace)
        : base(window, padding, flip, workspace, window.OutputWidth * StrideOf(window))
    {
        _window = window;
        _piece = base.PieceLength;
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

    internal override PaddedRows Of(Window window, ConvolutionWorkspace workspace)
    {
        return new GatheredWindows(window, ZeroPoint, Flip, workspace);
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
        Gather(Math.Min(OutputRows, _window.OutputHeight - outputRow));
    }

    private static int StrideOf(Window window)
    {
        return ((window.KernelHeight - 1) * window.KernelWidth * window.InputChannels) + Vector128<byte>.Count;
    }

    /// <summary>Copies the windows of some rows of outputs: the first row of all windows of a row of outputs, then the second, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int rows)
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
                    Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
                    Vector128.LoadUnsafe(ref Unsafe.Add(ref from, step)).StoreUnsafe(ref Unsafe.Add(ref to, stride));
                    Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * step)).StoreUnsafe(ref Unsafe.Add(ref to, 2 * stride));
                    Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * step)).StoreUnsafe(ref Unsafe.Add(ref to, 3 * stride));
                    from = ref Unsafe.Add(ref from, 4 * step);
                    to = ref Unsafe.Add(ref to, 4 * stride);
                }

                for (; count > 0; count--)
                {
                    Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
                    from = ref Unsafe.Add(ref from, step);
                    to = ref Unsafe.Add(ref to, stride);
                }

                row = ref Unsafe.Add(ref row, rowStep);
                target = ref Unsafe.Add(ref target, _piece);
            }
        }
    }
}
