using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// A part of the outputs of a window that lie together, and what of the data they see: some images, some rows, or, of images that have only one, some
/// columns.
/// </summary>
internal readonly struct WindowPart
{
    private WindowPart(Window window, int inputStart, int outputStart)
    {
        Window = window;
        InputStart = inputStart;
        OutputStart = outputStart;
    }

    /// <summary>The window over the part. What it does not have is padding, as in the whole.</summary>
    internal Window Window { get; }

    /// <summary>Where the part's data start in those of the whole.</summary>
    internal int InputStart { get; }

    /// <summary>The elements of the part's data.</summary>
    internal int InputLength => Window.Batches * Window.InputHeight * Window.InputWidth * Window.InputChannels;

    /// <summary>Where the part's outputs start in those of the whole.</summary>
    internal int OutputStart { get; }

    /// <summary>The elements of the part's outputs.</summary>
    internal int OutputLength => Window.Batches * Window.OutputHeight * Window.OutputWidth * Window.OutputChannels;

    /// <summary>How many parts a window can be cut into, 1 or more.</summary>
    internal static int Most(Window window)
    {
        return window.Batches > 1 ? window.Batches
            : window.OutputHeight > 1 ? window.OutputHeight
            : window.InputHeight == 1 ? window.OutputWidth
            : 1;
    }

    /// <summary>Cuts a window into parts that are as equal as they can be.</summary>
    /// <param name="window">The whole.</param>
    /// <param name="index">Which part, 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">The number of parts, 1 to <see cref="Most"/>.</param>
    internal static WindowPart Of(Window window, int index, int count)
    {
        int all = Most(window);
        int first = (int)((long)all * index / count);
        int number = (int)((long)all * (index + 1) / count) - first;
        if (window.Batches > 1)
        {
            int image = window.InputHeight * window.InputWidth * window.InputChannels;
            int outputs = window.OutputHeight * window.OutputWidth * window.OutputChannels;
            return new WindowPart(window.Images(number), first * image, first * outputs);
        }

        // Of a row, columns lie one after the other as rows do.
        bool isRow = window.OutputHeight == 1;
        Window rows = isRow ? window.Turned() : window;
        int start = Math.Max((first * rows.StrideHeight) - rows.PaddingTop, 0);
        Window part = rows.Rows(first, number);
        return new WindowPart(
            isRow ? part.Turned() : part, start * rows.InputWidth * rows.InputChannels, first * rows.OutputWidth * rows.OutputChannels);
    }
}
