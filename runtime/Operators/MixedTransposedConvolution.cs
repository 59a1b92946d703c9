using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D transposed convolution whose filter is not dense, computed as <see cref="TransposedConvolution"/>. The filter is read phase by phase
/// and block by block of output channels, each tap once for all pixels.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [output channels, taps, channels] in any shape with that first
/// dimension (int8, packed or shared, with one codebook or one for each output channel), bias, multipliers, shifts. Output: [batch, height,
/// width, output channels], type of the data. Scratch: one or more rows of the largest window of a phase (int8), then that window, in the
/// type of the data. Attributes: stride height, stride width, padding top, padding left, kernel height, kernel width, then those of
/// <see cref="Kernels.RowParameters"/>; weights are symmetric. The taps stand phase by phase, phases row-major by (position + padding) modulo
/// stride, those of a phase with the last row and column first.
/// </remarks>
internal sealed class MixedTransposedConvolution : PhasedConvolution
{
    private readonly MixedProduct _product;
    private readonly ConvolutionKernel? _kernel;

    internal MixedTransposedConvolution(OperatorReader reader)
        : base(reader, 1)
    {
        TensorInfo filter = reader.Input(1);
        reader.Require(filter.Encoding != TensorEncoding.Dense, "the filter is dense.");
        reader.Require(filter.Rank > 0 && filter.Dimension(0) == OutputChannels, "the filter's outputs and the output's channels differ.");
        WeightBlocks weights = new WeightBlocks(reader, filter, OutputChannels, LargestWindow, 0, 0);
        _product = new MixedProduct(reader, weights, reader.Output(0), Output, Parameters);
        if (MixedProduct.CanBePlain(reader))
        {
            _kernel = reader.Kernels.TransposedConvolution(this, Matrices(new WeightRows(reader, filter, reader.Data(filter), OutputChannels).ReadAll()), reader.Workspace);
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

        for (int y = 0; y < StrideHeight && y < OutputHeight; y++)
        {
            for (int x = 0; x < StrideWidth && x < OutputWidth; x++)
            {
                RunPhase(y, x);
            }
        }
    }

    /// <summary>The weights [output channels, taps, channels] as <see cref="TransposedConvolution"/> has them: a matrix for each phase.</summary>
    private Int8Vector Matrices(Int8Vector rows)
    {
        Int8Vector matrices = new Int8Vector(new sbyte[rows.Length]);
        int columns = rows.Length / OutputChannels;
        int target = 0;
        for (int phase = 0; phase < StrideHeight * StrideWidth && target < rows.Length; phase++)
        {
            int y = phase / StrideWidth;
            int x = phase % StrideWidth;
            int start = TapsBefore(y, x) * InputChannels;
            int length = Taps(KernelHeight, StrideHeight, y) * Taps(KernelWidth, StrideWidth, x) * InputChannels;
            for (int output = 0; output < OutputChannels; output++, target += length)
            {
                ReadOnlyInt8Vector row = rows.Slice((output * columns) + start, length);
                row.CopyTo(matrices.Slice(target, length));
            }
        }

        return matrices;
    }

    /// <summary>All pixels of the phase whose first one has a position.</summary>
    private void RunPhase(int top, int left)
    {
        int phaseY = (top + PaddingTop) % StrideHeight;
        int phaseX = (left + PaddingLeft) % StrideWidth;
        int start = TapsBefore(phaseY, phaseX) * InputChannels;
        int length = Taps(KernelHeight, StrideHeight, phaseY) * Taps(KernelWidth, StrideWidth, phaseX) * InputChannels;
        for (int row = 0; row < OutputChannels; row += _product.BlockRows)
        {
            _product.LoadPart(row, OutputChannels - row < _product.BlockRows ? OutputChannels - row : _product.BlockRows, start, length);
            for (int batch = 0; batch < Batches; batch++)
            {
                for (int y = top; y < OutputHeight; y += StrideHeight)
                {
                    for (int x = left; x < OutputWidth; x += StrideWidth)
                    {
                        RunPixel(batch, y, x, row);
                    }
                }
            }
        }
    }

    private void RunPixel(int batch, int y, int x, int row)
    {
        int output = (((((batch * OutputHeight) + y) * OutputWidth) + x) * OutputChannels) + row;
        if (IsWide)
        {
            _product.Run(Window16(batch, y + PaddingTop, x + PaddingLeft), output);
        }
        else
        {
            _product.Run(Window8(batch, y + PaddingTop, x + PaddingLeft), output);
        }
    }
}
