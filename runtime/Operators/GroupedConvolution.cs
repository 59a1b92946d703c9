using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// What 2-D convolutions share: their operands, and for each output pixel and group the window of the input that makes it.
/// </summary>
internal abstract class GroupedConvolution : Operator
{
    /// <summary>
    /// Reads operands and attributes. Which types of filter and output go with the data is the operator's own business.
    /// </summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="otherScratch">The scratch tensors that stand before that of the window.</param>
    protected GroupedConvolution(OperatorReader reader, int inputs, int otherScratch)
    {
        bool hasPatch = reader.ScratchCount > otherScratch;
        reader.RequireOperands(inputs, 1, hasPatch ? otherScratch + 1 : otherScratch);
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        IsWide = input.Type == ElementType.Int16;
        reader.RequireType(input, IsWide ? ElementType.Int16 : ElementType.Int8);
        reader.Require(filter.Type == ElementType.Int8, "the filter must have 8-bit elements, or elements that stand for 8 bits.");
        IsPacked = filter.Encoding == TensorEncoding.PackedInt4;
        reader.RequireRank(filter, 4);
        reader.Require(filter.Storage == TensorStorage.Constant, "the filter is not a constant.");
        Window = new Window(reader, input, output, filter.Dimension(1), filter.Dimension(2));
        GroupChannels = filter.Dimension(3);
        reader.Require(filter.Dimension(0) == Window.OutputChannels, "the filter's outputs and the output's channels differ.");
        reader.Require(Window.InputChannels % GroupChannels == 0, "the input's channels are not a multiple of the filter's.");
        Groups = Window.InputChannels / GroupChannels;
        reader.Require(Window.OutputChannels % Groups == 0, "the output's channels are not a multiple of the groups.");
        GroupOutputs = Window.OutputChannels / Groups;
        Parameters = new RowParameters(reader, 2, Window.OutputChannels, input.Type, output.Type);
        Input = reader.Data(input);
        Filter = reader.Data(filter);
        Output = reader.Data(output);
        Kernels = reader.Kernels;
        if (hasPatch)
        {
            TensorInfo patch = reader.Scratch(otherScratch);
            reader.RequireType(patch, input.Type);
            reader.RequireElements(patch, filter.ElementCount / Window.OutputChannels);
            Patch = reader.Data(patch);
        }
        else
        {
            reader.Require(
                filter.Dimension(1) == 1 && filter.Dimension(2) == 1 && Groups == 1 && Window.PaddingTop == 0 && Window.PaddingLeft == 0,
                "it has no scratch tensor for its windows.");
        }
    }

    protected KernelSet Kernels { get; }

    protected Window Window { get; }

    protected RowParameters Parameters { get; }

    protected TensorData Filter { get; }

    protected TensorData Output { get; }

    /// <summary>True if the data have 16 bits.</summary>
    protected bool IsWide { get; }

    /// <summary>True if the filter's elements have 4 bits.</summary>
    protected bool IsPacked { get; }

    protected int Groups { get; }

    /// <summary>The output channels of a group.</summary>
    protected int GroupOutputs { get; }

    /// <summary>The input channels of a group.</summary>
    private int GroupChannels { get; }

    protected TensorData Input { get; }

    /// <summary>Scratch for a window; empty where windows are single pixels, which lie in the input as they are needed.</summary>
    private TensorData Patch { get; }

    /// <summary>The elements of 8 bits that a group sees at a position of the window, which may reach beyond the input.</summary>
    protected ReadOnlyInt8Vector Window8(int batch, int top, int left, int group)
    {
        return Patch.IsEmpty ? Input.Int8().Slice(Position(batch, top, left), GroupChannels) : Patch8(batch, top, left, group);
    }

    /// <summary>Like <see cref="Window8"/>, of 16 bits.</summary>
    protected ReadOnlyInt16Vector Window16(int batch, int top, int left, int group)
    {
        return Patch.IsEmpty ? Input.Int16().Slice(Position(batch, top, left), GroupChannels) : Patch16(batch, top, left, group);
    }

    private int Position(int batch, int y, int x)
    {
        return ((((batch * Window.InputHeight) + y) * Window.InputWidth) + x) * Window.InputChannels;
    }

    private ReadOnlyInt8Vector Patch8(int batch, int top, int left, int group)
    {
        Window window = Window;
        Int8Vector patch = Patch.Int8();
        ReadOnlyInt8Vector input = Input.Int8();
        sbyte zero = (sbyte)-Parameters.InputOffset;
        int at = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, at += GroupChannels)
            {
                int x = left + (kx * window.DilationWidth);
                Int8Vector target = patch.Slice(at, GroupChannels);
                if (y < 0 || y >= window.InputHeight || x < 0 || x >= window.InputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x) + (group * GroupChannels), GroupChannels).CopyTo(target);
                }
            }
        }

        return patch;
    }

    private ReadOnlyInt16Vector Patch16(int batch, int top, int left, int group)
    {
        Window window = Window;
        Int16Vector patch = Patch.Int16();
        ReadOnlyInt16Vector input = Input.Int16();
        short zero = (short)-Parameters.InputOffset;
        int at = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, at += GroupChannels)
            {
                int x = left + (kx * window.DilationWidth);
                Int16Vector target = patch.Slice(at, GroupChannels);
                if (y < 0 || y >= window.InputHeight || x < 0 || x >= window.InputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x) + (group * GroupChannels), GroupChannels).CopyTo(target);
                }
            }
        }

        return patch;
    }
}
