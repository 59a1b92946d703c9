using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// What 2-D transposed convolutions share: their operands, and for each output pixel the window of the input that makes it. They are computed
/// as ordinary ones: the output pixels whose position has the same remainders modulo the strides (a phase) see the same taps of the filter
/// over a dense window of the input.
/// </summary>
internal abstract class PhasedConvolution : Operator
{
    private const int Largest = 65535;

    private readonly TensorData _patch;

    /// <summary>Reads operands and attributes. How the filter is stored is the operator's own business.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="otherScratch">The scratch tensors that stand before that of the window.</param>
    protected PhasedConvolution(OperatorReader reader, int otherScratch)
    {
        reader.RequireOperands(5, 1, otherScratch + 1);
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        TensorInfo patch = reader.Scratch(otherScratch);
        IsWide = input.Type == ElementType.Int16;
        reader.RequireType(input, IsWide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.Require(filter.Type == ElementType.Int8, "the filter must have 8-bit elements, or elements that stand for 8 bits.");
        reader.Require(filter.Storage == TensorStorage.Constant, "the filter is not a constant.");
        reader.RequireRank(input, 4);
        reader.RequireRank(output, 4);
        reader.Require(input.Dimension(0) == output.Dimension(0), "input and output have different batch sizes.");
        Batches = input.Dimension(0);
        InputHeight = input.Dimension(1);
        InputWidth = input.Dimension(2);
        InputChannels = input.Dimension(3);
        OutputHeight = output.Dimension(1);
        OutputWidth = output.Dimension(2);
        OutputChannels = output.Dimension(3);
        StrideHeight = reader.Attribute("stride height", 1, Largest);
        StrideWidth = reader.Attribute("stride width", 1, Largest);
        PaddingTop = reader.Attribute("padding top", 0, Largest);
        PaddingLeft = reader.Attribute("padding left", 0, Largest);
        KernelHeight = reader.Attribute("kernel height", 1, Largest);
        KernelWidth = reader.Attribute("kernel width", 1, Largest);
        reader.Require(OutputHeight <= int.MaxValue - Largest && OutputWidth <= int.MaxValue - Largest, "the output is too large.");
        long taps = (long)KernelHeight * KernelWidth;
        reader.Require(
            filter.ElementCount % taps == 0 && filter.ElementCount / taps == (long)InputChannels * OutputChannels,
            "the filter's size does not fit its kernel and channels.");
        long largestWindow = (long)Taps(KernelHeight, StrideHeight, 0) * Taps(KernelWidth, StrideWidth, 0) * InputChannels;
        reader.RequireType(patch, input.Type);
        reader.Require(patch.ElementCount == largestWindow, "the scratch tensor's size is not that of the largest window.");
        LargestWindow = (int)largestWindow;
        Parameters = new RowParameters(reader, 2, OutputChannels, input.Type, output.Type);
        reader.Require(Parameters.WeightOffset == 0, "the weight offset must be 0.");
        Output = reader.Data(output);
        Input = reader.Data(input);
        _patch = reader.Data(patch);
    }

    internal RowParameters Parameters { get; }

    internal int Batches { get; }

    internal int InputHeight { get; }

    internal int InputWidth { get; }

    internal int InputChannels { get; }

    internal int OutputHeight { get; }

    internal int OutputWidth { get; }

    internal int OutputChannels { get; }

    internal int StrideHeight { get; }

    internal int StrideWidth { get; }

    internal int PaddingTop { get; }

    internal int PaddingLeft { get; }

    internal int KernelHeight { get; }

    internal int KernelWidth { get; }

    protected TensorData Input { get; }

    protected TensorData Output { get; }

    /// <summary>True if the data have 16 bits.</summary>
    protected bool IsWide { get; }

    /// <summary>The most elements of a window.</summary>
    protected int LargestWindow { get; }

    /// <summary>The window of the ordinary convolution over the input that makes a phase, with padding as wide as its kernel.</summary>
    /// <param name="phaseY">The phase's row.</param>
    /// <param name="phaseX">The phase's column.</param>
    /// <param name="rows">The rows of its results.</param>
    /// <param name="columns">The columns of its results.</param>
    internal Window WindowOf(int phaseY, int phaseX, int rows, int columns)
    {
        return new Window(this, Taps(KernelHeight, StrideHeight, phaseY), Taps(KernelWidth, StrideWidth, phaseX), rows, columns);
    }

    /// <summary>The taps that all phases before this one see, row-major.</summary>
    internal int TapsBefore(int phaseY, int phaseX)
    {
        return (TapsBefore(KernelHeight, StrideHeight, phaseY) * KernelWidth) + (Taps(KernelHeight, StrideHeight, phaseY) * TapsBefore(KernelWidth, StrideWidth, phaseX));
    }

    /// <summary>The taps that a phase sees in one dimension: every stride-th of the kernel from the phase on.</summary>
    protected static int Taps(int kernel, int stride, int phase)
    {
        return (kernel / stride) + (phase < kernel % stride ? 1 : 0);
    }

    /// <summary>The window of 8-bit data that makes the output pixels at a position, padding included, after padding.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="y">The row of the output plus the padding.</param>
    /// <param name="x">The column of the output plus the padding.</param>
    protected ReadOnlyInt8Vector Window8(int batch, int y, int x)
    {
        ReadOnlyInt8Vector input = Input.Int8();
        Int8Vector patch = _patch.Int8();
        sbyte zero = (sbyte)-Parameters.InputOffset;
        int rows = Taps(KernelHeight, StrideHeight, y % StrideHeight);
        int columns = Taps(KernelWidth, StrideWidth, x % StrideWidth);
        int at = 0;
        for (int row = (y / StrideHeight) - rows + 1; row <= y / StrideHeight; row++)
        {
            for (int column = (x / StrideWidth) - columns + 1; column <= x / StrideWidth; column++, at += InputChannels)
            {
                Int8Vector target = patch.Slice(at, InputChannels);
                if (IsPadding(row, column))
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, row, column), InputChannels).CopyTo(target);
                }
            }
        }

        return patch.Slice(0, at);
    }

    /// <summary>Like <see cref="Window8"/>, of 16-bit data.</summary>
    protected ReadOnlyInt16Vector Window16(int batch, int y, int x)
    {
        ReadOnlyInt16Vector input = Input.Int16();
        Int16Vector patch = _patch.Int16();
        short zero = (short)-Parameters.InputOffset;
        int rows = Taps(KernelHeight, StrideHeight, y % StrideHeight);
        int columns = Taps(KernelWidth, StrideWidth, x % StrideWidth);
        int at = 0;
        for (int row = (y / StrideHeight) - rows + 1; row <= y / StrideHeight; row++)
        {
            for (int column = (x / StrideWidth) - columns + 1; column <= x / StrideWidth; column++, at += InputChannels)
            {
                Int16Vector target = patch.Slice(at, InputChannels);
                if (IsPadding(row, column))
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, row, column), InputChannels).CopyTo(target);
                }
            }
        }

        return patch.Slice(0, at);
    }

    private static int TapsBefore(int kernel, int stride, int phase)
    {
        int rest = kernel % stride;
        return (phase * (kernel / stride)) + (phase < rest ? phase : rest);
    }

    private bool IsPadding(int row, int column)
    {
        return row < 0 || row >= InputHeight || column < 0 || column >= InputWidth;
    }

    private int Position(int batch, int row, int column)
    {
        return ((((batch * InputHeight) + row) * InputWidth) + column) * InputChannels;
    }
}
