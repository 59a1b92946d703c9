using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D transposed convolution, computed as ordinary ones: the output pixels whose position has the same remainders modulo the strides (a
/// phase) see the same taps of the filter over a dense window of the input.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter (int8, any shape), bias, multipliers, shifts. Output: [batch,
/// height, width, output channels], type of the data. Scratch: the largest window of a phase, in the type of the data. Attributes: stride
/// height, stride width, padding top, padding left, kernel height, kernel width, then those of <see cref="RowParameters"/>; weights are
/// symmetric. The filter holds a matrix for each phase, phases row-major by (position + padding) modulo stride: a row for each output
/// channel, a column for each tap of the phase (last row and column of taps first) and channel. A phase without taps has an empty matrix.
/// </remarks>
internal sealed class TransposedConvolution : PhasedConvolution
{
    private readonly KernelSet _kernels;
    private readonly TensorData _filter;
    private readonly ConvolutionKernel? _kernel;

    internal TransposedConvolution(OperatorReader reader)
        : base(reader, 0)
    {
        reader.RequireType(reader.Input(1), ElementType.Int8);
        _filter = reader.Data(reader.Input(1));
        _kernels = reader.Kernels;
        _kernel = _kernels.TransposedConvolution(this, _filter.Int8(), reader.Workspace);
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(Input, Output);
            return;
        }

        int output = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int y = 0; y < OutputHeight; y++)
            {
                for (int x = 0; x < OutputWidth; x++, output += OutputChannels)
                {
                    RunPixel(batch, y + PaddingTop, x + PaddingLeft, output);
                }
            }
        }
    }

    private void RunPixel(int batch, int y, int x, int output)
    {
        ReadOnlyInt8Vector weights = _filter.Int8().Slice(TapsBefore(y % StrideHeight, x % StrideWidth) * InputChannels * OutputChannels);
        if (IsWide)
        {
            ReadOnlyInt16Vector window = Window16(batch, y, x);
            _kernels.MultiplyRowsInt16(window, weights.Slice(0, window.Length * OutputChannels), 0, Output.Int16().Slice(output, OutputChannels), Parameters);
        }
        else
        {
            ReadOnlyInt8Vector window = Window8(batch, y, x);
            _kernels.MultiplyRows(window, weights.Slice(0, window.Length * OutputChannels), 0, Output.Int8().Slice(output, OutputChannels), Parameters);
        }
    }
}
