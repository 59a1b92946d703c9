using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>How much of the padded image the windows of outputs see.</summary>
internal static class WindowReach
{
    private const int MostElements = 4096;
    private const int MostImages = 10;

    /// <summary>So that arrays of four times as many bytes can be.</summary>
    private const int Largest = 1 << 28;

    /// <summary>
    /// A window over a column of pixels, which lies as a row does, as one over that row: kernels that go row by row do more at a time then. Others stay as
    /// they are, and so do those with so much padding that their row is no longer modest.
    /// </summary>
    internal static Window AsRow(Window window)
    {
        bool isColumn = window.InputWidth == 1 && window.OutputWidth == 1 && window.KernelWidth == 1;
        return isColumn && IsModest(window.Turned()) ? window.Turned() : window;
    }

    /// <summary>The columns that the windows of a row of outputs see, padding included.</summary>
    internal static long Columns(Window window)
    {
        long reach = ((long)(window.OutputWidth - 1) * window.StrideWidth) + ((long)(window.KernelWidth - 1) * window.DilationWidth) + 1;
        return Math.Max(reach, window.PaddingLeft + 1);
    }

    /// <summary>The rows that the windows of some rows of outputs see, padding included.</summary>
    internal static long Rows(Window window, int outputRows)
    {
        return ((long)(outputRows - 1) * window.StrideHeight) + ((long)(window.KernelHeight - 1) * window.DilationHeight) + 1;
    }

    /// <summary>
    /// True if the rows that the windows of a row of outputs see take memory in proportion to the image. Paddings and dilations far beyond it, which
    /// no network has, are left to kernels that go window by window.
    /// </summary>
    internal static bool IsModest(Window window)
    {
        long image = (long)window.InputHeight * window.InputWidth * window.InputChannels;

        // 64 bits would not hold every product that a file can ask for.
        return (Int128)Columns(window) * window.InputChannels * Rows(window, 1) <= Math.Min(MostElements + (MostImages * image), Largest);
    }

    /// <summary>True if the data of a window, repeated so often, take memory in proportion to data and outputs.</summary>
    internal static bool AreModest(Window window, int times)
    {
        long input = (long)window.Batches * window.InputHeight * window.InputWidth * window.InputChannels;
        long output = (long)window.Batches * window.OutputHeight * window.OutputWidth * window.OutputChannels;
        long repeated = input * times;
        return repeated <= MostElements + (MostImages * (input + output)) && repeated <= int.MaxValue / MostImages;
    }

    /// <summary>True if windows are single pixels, one for each of the image: outputs are the products of pixels with a matrix.</summary>
    internal static bool IsPixels(Window window)
    {
        bool isPixel = window.KernelHeight == 1 && window.KernelWidth == 1 && window.PaddingTop == 0 && window.PaddingLeft == 0;
        bool isSame = window.InputHeight == window.OutputHeight && window.InputWidth == window.OutputWidth && window.StrideHeight == 1 && window.StrideWidth == 1;
        return isPixel && isSame;
    }
}
