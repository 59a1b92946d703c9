using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D convolution of mixed precision, grouped where the filter has fewer channels than the input: whatever <see cref="Convolution"/> does
/// not do. A filter that is not dense is read block by block of output channels, each once for all pixels.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [output channels, height, width, channels of a group] (int8 in any
/// encoding, with one codebook or one for each output channel), bias, multipliers, shifts, offsets that are added to the weights of each output
/// channel (int16; may be left out). Output: [batch, height, width, output channels] (int8 or int16). Scratch: one or more rows of the filter,
/// that is output channels (int8), only where it is not dense; then one window of one group, in the type of the data, absent where a window is a
/// single pixel and there is one group. Attributes: those of <see cref="Window"/>, then of <see cref="Kernels.RowParameters"/>.
/// </remarks>
internal sealed class MixedConvolution : GroupedConvolution
{
    private readonly MixedProduct _product;
    private readonly ConvolutionKernel? _kernel;

    internal MixedConvolution(OperatorReader reader)
        : base(reader, MixedProduct.InputsOf(reader), WeightBlocks.ScratchOf(reader.Input(1)))
    {
        _product = new MixedProduct(reader, new WeightBlocks(reader, reader.Input(1), Parameters.WeightOffset, 0), reader.Output(0), Output, Parameters);
        if (MixedProduct.CanBePlain(reader))
        {
            WeightRows weights = new WeightRows(reader, reader.Input(1), Filter, Window.OutputChannels);
            _kernel = Kernels.Convolution(Window, Groups, weights.ReadAll(), Parameters, reader.Workspace);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(Input, Output);
            return;
        }

        for (int group = 0; group < Groups; group++)
        {
            int end = (group + 1) * GroupOutputs;
            for (int row = group * GroupOutputs; row < end; row += _product.BlockRows)
            {
                int rows = end - row < _product.BlockRows ? end - row : _product.BlockRows;
                _product.Load(row, rows);
                RunBlock(group, row);
            }
        }
    }

    private void RunBlock(int group, int firstRow)
    {
        Window window = Window;
        int output = firstRow;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                int top = (y * window.StrideHeight) - window.PaddingTop;
                for (int x = 0; x < window.OutputWidth; x++, output += window.OutputChannels)
                {
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    if (IsWide)
                    {
                        _product.Run(Window16(batch, top, left, group), output);
                    }
                    else
                    {
                        _product.Run(Window8(batch, top, left, group), output);
                    }
                }
            }
        }
    }
}
