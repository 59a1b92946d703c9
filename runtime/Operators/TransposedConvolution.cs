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
internal sealed class TransposedConvolution : Operator
{
    private const int Largest = 65535;

    private readonly KernelSet _kernels;
    private readonly RowParameters _parameters;
    private readonly TensorData _input;
    private readonly TensorData _filter;
    private readonly TensorData _output;
    private readonly TensorData _patch;
    private readonly bool _wide;
    private readonly int _batches;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly int _inputChannels;
    private readonly int _outputHeight;
    private readonly int _outputWidth;
    private readonly int _outputChannels;
    private readonly int _strideHeight;
    private readonly int _strideWidth;
    private readonly int _paddingTop;
    private readonly int _paddingLeft;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;

    internal TransposedConvolution(OperatorReader reader)
    {
        reader.RequireOperands(5, 1, 1);
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        TensorInfo patch = reader.Scratch(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireType(filter, ElementType.Int8);
        reader.Require(filter.Storage == TensorStorage.Constant, "the filter is not a constant.");
        reader.RequireRank(input, 4);
        reader.RequireRank(output, 4);
        reader.Require(input.Dimension(0) == output.Dimension(0), "input and output have different batch sizes.");
        _batches = input.Dimension(0);
        _inputHeight = input.Dimension(1);
        _inputWidth = input.Dimension(2);
        _inputChannels = input.Dimension(3);
        _outputHeight = output.Dimension(1);
        _outputWidth = output.Dimension(2);
        _outputChannels = output.Dimension(3);
        _strideHeight = reader.Attribute("stride height", 1, Largest);
        _strideWidth = reader.Attribute("stride width", 1, Largest);
        _paddingTop = reader.Attribute("padding top", 0, Largest);
        _paddingLeft = reader.Attribute("padding left", 0, Largest);
        _kernelHeight = reader.Attribute("kernel height", 1, Largest);
        _kernelWidth = reader.Attribute("kernel width", 1, Largest);
        reader.Require(_outputHeight <= int.MaxValue - Largest && _outputWidth <= int.MaxValue - Largest, "the output is too large.");
        long taps = (long)_kernelHeight * _kernelWidth;
        reader.Require(
            filter.ElementCount % taps == 0 && filter.ElementCount / taps == (long)_inputChannels * _outputChannels,
            "the filter's size does not fit its kernel and channels.");
        long largestWindow = (long)Taps(_kernelHeight, _strideHeight, 0) * Taps(_kernelWidth, _strideWidth, 0) * _inputChannels;
        reader.RequireType(patch, input.Type);
        reader.Require(patch.ElementCount == largestWindow, "the scratch tensor's size is not that of the largest window.");
        _parameters = new RowParameters(reader, 2, _outputChannels, input.Type, output.Type);
        reader.Require(_parameters.WeightOffset == 0, "the weight offset must be 0.");
        _input = reader.Data(input);
        _filter = reader.Data(filter);
        _output = reader.Data(output);
        _patch = reader.Data(patch);
        _kernels = reader.Kernels;
    }

    internal override void Run()
    {
        int output = 0;
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int y = 0; y < _outputHeight; y++)
            {
                for (int x = 0; x < _outputWidth; x++, output += _outputChannels)
                {
                    RunPixel(batch, y + _paddingTop, x + _paddingLeft, output);
                }
            }
        }
    }

    /// <summary>The taps of one dimension that a phase sees: every stride-th of the kernel from the phase on.</summary>
    private static int Taps(int kernel, int stride, int phase)
    {
        return (kernel / stride) + (phase < kernel % stride ? 1 : 0);
    }

    /// <summary>The taps of one dimension that all phases before this one see.</summary>
    private static int TapsBefore(int kernel, int stride, int phase)
    {
        int rest = kernel % stride;
        return (phase * (kernel / stride)) + (phase < rest ? phase : rest);
    }

    private void RunPixel(int batch, int y, int x, int output)
    {
        int phaseY = y % _strideHeight;
        int phaseX = x % _strideWidth;
        int rows = Taps(_kernelHeight, _strideHeight, phaseY);
        int columns = Taps(_kernelWidth, _strideWidth, phaseX);
        int length = rows * columns * _inputChannels;
        int tapsBefore = (TapsBefore(_kernelHeight, _strideHeight, phaseY) * _kernelWidth) + (rows * TapsBefore(_kernelWidth, _strideWidth, phaseX));
        ReadOnlyInt8Vector weights = _filter.Int8().Slice(tapsBefore * _inputChannels * _outputChannels, length * _outputChannels);
        int top = (y / _strideHeight) - rows + 1;
        int left = (x / _strideWidth) - columns + 1;
        if (_wide)
        {
            Gather16(batch, top, left, rows, columns);
            _kernels.MultiplyRowsInt16(_patch.Int16().Slice(0, length), weights, 0, _output.Int16().Slice(output, _outputChannels), _parameters);
        }
        else
        {
            Gather8(batch, top, left, rows, columns);
            _kernels.MultiplyRows(_patch.Int8().Slice(0, length), weights, 0, _output.Int8().Slice(output, _outputChannels), _parameters);
        }
    }

    private int Position(int batch, int y, int x)
    {
        return ((((batch * _inputHeight) + y) * _inputWidth) + x) * _inputChannels;
    }

    private void Gather8(int batch, int top, int left, int rows, int columns)
    {
        ReadOnlyInt8Vector input = _input.Int8();
        Int8Vector patch = _patch.Int8();
        sbyte zero = (sbyte)-_parameters.InputOffset;
        int at = 0;
        for (int y = top; y < top + rows; y++)
        {
            for (int x = left; x < left + columns; x++, at += _inputChannels)
            {
                Int8Vector target = patch.Slice(at, _inputChannels);
                if (y < 0 || y >= _inputHeight || x < 0 || x >= _inputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x), _inputChannels).CopyTo(target);
                }
            }
        }
    }

    private void Gather16(int batch, int top, int left, int rows, int columns)
    {
        ReadOnlyInt16Vector input = _input.Int16();
        Int16Vector patch = _patch.Int16();
        short zero = (short)-_parameters.InputOffset;
        int at = 0;
        for (int y = top; y < top + rows; y++)
        {
            for (int x = left; x < left + columns; x++, at += _inputChannels)
            {
                Int16Vector target = patch.Slice(at, _inputChannels);
                if (y < 0 || y >= _inputHeight || x < 0 || x >= _inputWidth)
                {
                    target.Fill(zero);
                }
                else
                {
                    input.Slice(Position(batch, y, x), _inputChannels).CopyTo(target);
                }
            }
        }
    }
}
