using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// A two-dimensional window that slides over the height and width of a tensor in layout [batch, height, width, channels]: strides,
/// dilations, and the padding before the first row and column.
/// </summary>
internal sealed partial class Window
{
    private const int Largest = 65535;

    /// <summary>
    /// Reads the attributes stride height, stride width, dilation height, dilation width, padding top, padding left, and takes the sizes
    /// from the tensors. Checks that every window reaches at least one row and column that the input has or that padding stands for.
    /// </summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="input">Shape [batch, height, width, channels].</param>
    /// <param name="output">Shape [batch, height, width, channels].</param>
    /// <param name="kernelHeight">Taps over the height.</param>
    /// <param name="kernelWidth">Taps over the width.</param>
    internal Window(OperatorReader reader, TensorInfo input, TensorInfo output, int kernelHeight, int kernelWidth)
    {
        reader.RequireRank(input, 4);
        reader.RequireRank(output, 4);
        reader.Require(input.Dimension(0) == output.Dimension(0), "input and output have different batch sizes.");
        StrideHeight = reader.Attribute("stride height", 1, Largest);
        StrideWidth = reader.Attribute("stride width", 1, Largest);
        DilationHeight = reader.Attribute("dilation height", 1, Largest);
        DilationWidth = reader.Attribute("dilation width", 1, Largest);
        PaddingTop = reader.Attribute("padding top", 0, Largest);
        PaddingLeft = reader.Attribute("padding left", 0, Largest);
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Batches = input.Dimension(0);
        InputHeight = input.Dimension(1);
        InputWidth = input.Dimension(2);
        InputChannels = input.Dimension(3);
        OutputHeight = output.Dimension(1);
        OutputWidth = output.Dimension(2);
        OutputChannels = output.Dimension(3);
        RequireInside(reader, OutputHeight, StrideHeight, PaddingTop, InputHeight, KernelHeight, DilationHeight);
        RequireInside(reader, OutputWidth, StrideWidth, PaddingLeft, InputWidth, KernelWidth, DilationWidth);
    }

    /// <summary>The window of a product of rows with a matrix: single pixels, one for each row.</summary>
    /// <param name="rows">The rows, which stand for the width of both images.</param>
    /// <param name="columns">The elements of a row, which stand for the input's channels.</param>
    /// <param name="outputs">The output's channels.</param>
    internal Window(int rows, int columns, int outputs)
        : this(1, rows, columns, outputs)
    {
    }

    /// <summary>The window of single pixels.</summary>
    /// <param name="height">The height of both images.</param>
    /// <param name="width">The width of both images.</param>
    /// <param name="channels">The input's channels.</param>
    /// <param name="outputs">The output's channels.</param>
    internal Window(int height, int width, int channels, int outputs)
    {
        StrideHeight = 1;
        StrideWidth = 1;
        DilationHeight = 1;
        DilationWidth = 1;
        KernelHeight = 1;
        KernelWidth = 1;
        Batches = 1;
        InputHeight = height;
        InputWidth = width;
        InputChannels = channels;
        OutputHeight = height;
        OutputWidth = width;
        OutputChannels = outputs;
    }

    /// <summary>The window of a phase of a transposed convolution: it skips nothing, and as much as it can reach before the input is padding.</summary>
    /// <param name="whole">The transposed convolution.</param>
    /// <param name="kernelHeight">The rows of the phase's kernel.</param>
    /// <param name="kernelWidth">The columns of the phase's kernel.</param>
    /// <param name="rows">The rows of the phase's results.</param>
    /// <param name="columns">The columns of the phase's results.</param>
    internal Window(PhasedConvolution whole, int kernelHeight, int kernelWidth, int rows, int columns)
    {
        StrideHeight = 1;
        StrideWidth = 1;
        DilationHeight = 1;
        DilationWidth = 1;
        PaddingTop = kernelHeight - 1;
        PaddingLeft = kernelWidth - 1;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Batches = whole.Batches;
        InputHeight = whole.InputHeight;
        InputWidth = whole.InputWidth;
        InputChannels = whole.InputChannels;
        OutputHeight = rows;
        OutputWidth = columns;
        OutputChannels = whole.OutputChannels;
    }

    private Window(Window turned)
    {
        StrideHeight = turned.StrideWidth;
        StrideWidth = turned.StrideHeight;
        DilationHeight = turned.DilationWidth;
        DilationWidth = turned.DilationHeight;
        PaddingTop = turned.PaddingLeft;
        PaddingLeft = turned.PaddingTop;
        KernelHeight = turned.KernelWidth;
        KernelWidth = turned.KernelHeight;
        Batches = turned.Batches;
        InputHeight = turned.InputWidth;
        InputWidth = turned.InputHeight;
        InputChannels = turned.InputChannels;
        OutputHeight = turned.OutputWidth;
        OutputWidth = turned.OutputHeight;
        OutputChannels = turned.OutputChannels;
    }

    private Window(Window whole, int batches, int inputHeight, int paddingTop, int outputHeight)
    {
        StrideHeight = whole.StrideHeight;
        StrideWidth = whole.StrideWidth;
        DilationHeight = whole.DilationHeight;
        DilationWidth = whole.DilationWidth;
        PaddingTop = paddingTop;
        PaddingLeft = whole.PaddingLeft;
        KernelHeight = whole.KernelHeight;
        KernelWidth = whole.KernelWidth;
        Batches = batches;
        InputHeight = inputHeight;
        InputWidth = whole.InputWidth;
        InputChannels = whole.InputChannels;
        OutputHeight = outputHeight;
        OutputWidth = whole.OutputWidth;
        OutputChannels = whole.OutputChannels;
    }

    internal int Batches { get; }

    internal int InputHeight { get; private set; }

    internal int InputWidth { get; }

    internal int InputChannels { get; private set; }

    internal int OutputHeight { get; }

    internal int OutputWidth { get; }

    internal int OutputChannels { get; private set; }

    internal int KernelHeight { get; private set; }

    internal int KernelWidth { get; }

    internal int StrideHeight { get; private set; }

    internal int StrideWidth { get; }

    internal int DilationHeight { get; private set; }

    internal int DilationWidth { get; }

    internal int PaddingTop { get; private set; }

    internal int PaddingLeft { get; }

    /// <summary>The window with rows and columns exchanged.</summary>
    internal Window Turned()
    {
        return new Window(this);
    }

    /// <summary>The window over some of the images.</summary>
    internal Window Images(int count)
    {
        return new Window(this, count, InputHeight, PaddingTop, OutputHeight);
    }

    /// <summary>
    /// The window over some rows of outputs and the rows of the input that they see, at least one: those from the first output's on, without its padding.
    /// </summary>
    /// <param name="first">The first row of outputs.</param>
    /// <param name="count">Their number, 1 or more.</param>
    internal Window Rows(int first, int count)
    {
        int top = (first * StrideHeight) - PaddingTop;
        int start = top < 0 ? 0 : top;
        long end = top + ((long)(count - 1) * StrideHeight) + ((long)(KernelHeight - 1) * DilationHeight) + 1;
        long rows = (end < InputHeight ? end : InputHeight) - start;
        return new Window(this, Batches, rows < 1 ? 1 : (int)rows, start - top, count);
    }

    /// <summary>True if the input has this row and column; what it has not is padding.</summary>
    internal bool IsInside(int y, int x)
    {
        return y >= 0 && y < InputHeight && x >= 0 && x < InputWidth;
    }

    /// <summary>The element of the input at which a pixel starts.</summary>
    internal int Position(int batch, int y, int x)
    {
        return ((((batch * InputHeight) + y) * InputWidth) + x) * InputChannels;
    }

    private static void RequireInside(OperatorReader reader, int outputs, int stride, int padding, int inputs, int taps, int dilation)
    {
        long last = ((long)(outputs - 1) * stride) - padding;
        long reach = (long)(taps - 1) * dilation;
        reader.Require(last < inputs && reach <= int.MaxValue / 2, "its windows reach beyond the input: the output is too large for the strides and padding.");
    }
}
