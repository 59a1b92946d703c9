using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D depthwise convolution of mixed precision: whatever <see cref="DepthwiseConvolution"/> does not do. A filter that is not dense is read
/// block by block of output channels, each once for all pixels.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [1, height, width, output channels] (int8 in any encoding, with one
/// codebook or one for each output channel), bias, multipliers, shifts. Output: [batch, height, width, output channels] (int8 or int16).
/// Scratch: the filter of as many output channels as one or more input channels make (int8), only where it is not dense. Attributes: those
/// of <see cref="Window"/>, then of <see cref="RowParameters"/>.
/// </remarks>
internal sealed class MixedDepthwiseConvolution : Operator
{
    private readonly KernelSet _kernels;
    private readonly ConvolutionKernel? _kernel;
    private readonly TensorData _result;
    private readonly Workspace _workspace;
    private readonly Window _window;
    private readonly RowParameters _parameters;
    private readonly WeightRows _weights;
    private readonly MixedOutput _output;
    private readonly TensorData _input;
    private readonly TensorData _block;
    private readonly bool _wide;
    private readonly int _taps;
    private readonly int _depthMultiplier;
    private readonly int _blockChannels;

    internal MixedDepthwiseConvolution(OperatorReader reader)
    {
        reader.RequireOperands(5, 1, WeightBlocks.ScratchOf(reader.Input(1)));
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireRank(filter, 4);
        reader.Require(filter.Dimension(0) == 1, "the filter's first dimension is not 1.");
        _window = new Window(reader, input, output, filter.Dimension(1), filter.Dimension(2));
        int channels = _window.OutputChannels;
        reader.Require(filter.Dimension(3) == channels, "the filter's channels and the output's differ.");
        reader.Require(channels % _window.InputChannels == 0, "the output's channels are not a multiple of the input's.");
        _depthMultiplier = channels / _window.InputChannels;
        _taps = filter.Dimension(1) * filter.Dimension(2);
        _parameters = new RowParameters(reader, 2, channels, input.Type, output.Type);
        _weights = new WeightRows(reader, filter, reader.Data(filter), channels);
        _output = new MixedOutput(reader, output, reader.Data(output), _parameters);
        _input = reader.Data(input);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _blockChannels = channels;
        if (!_weights.IsDense)
        {
            TensorInfo block = reader.Scratch(0);
            reader.RequireType(block, ElementType.Int8);
            _blockChannels = block.ElementCount / _taps;
            reader.Require(
                _blockChannels > 0 && _blockChannels <= channels && _blockChannels % _depthMultiplier == 0 && block.ElementCount == _blockChannels * _taps,
                "its scratch for weights is not the filter of whole input channels.");
            _block = reader.Data(block);
        }

        _workspace.Require(_blockChannels);
        _result = reader.Data(output);
        if (MixedProduct.CanBePlain(reader))
        {
            _kernel = _kernels.DepthwiseConvolution(_window, _weights.ReadAllChannels(channels), _parameters, reader.Workspace);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(_input, _result);
            return;
        }

        int end = _window.OutputChannels;
        for (int first = 0; first < end; first += _blockChannels)
        {
            int channels = end - first < _blockChannels ? end - first : _blockChannels;
            Load(first, channels);
            RunBlock(first, channels);
        }
    }

    private void Load(int firstChannel, int channels)
    {
        if (_weights.IsDense)
        {
            return;
        }

        Int8Vector block = _block.Int8();
        for (int tap = 0; tap < _taps; tap++)
        {
            _weights.ReadChannels((tap * _window.OutputChannels) + firstChannel, firstChannel, block.Slice(tap * channels, channels));
        }
    }

    private void RunBlock(int firstChannel, int channels)
    {
        Window window = _window;
        int output = firstChannel;
        for (int batch = 0; batch < window.Batches; batch++)
        {
            for (int y = 0; y < window.OutputHeight; y++)
            {
                int top = (y * window.StrideHeight) - window.PaddingTop;
                for (int x = 0; x < window.OutputWidth; x++, output += window.OutputChannels)
                {
                    int left = (x * window.StrideWidth) - window.PaddingLeft;
                    if (_wide)
                    {
                        RunPixel16(batch, top, left, firstChannel, channels, output);
                    }
                    else
                    {
                        RunPixel8(batch, top, left, firstChannel, channels, output);
                    }
                }
            }
        }
    }

    private void RunPixel8(int batch, int top, int left, int firstChannel, int channels, int output)
    {
        int[] sums = _workspace.Int32;
        for (int c = 0; c < channels; c++)
        {
            sums[c] = 0;
        }

        ReadOnlyInt8Vector weights = Weights();
        int inputs = channels / _depthMultiplier;
        for (int tap = 0; tap < _taps; tap++)
        {
            int pixel = Pixel(batch, top, left, tap);
            if (pixel >= 0)
            {
                ReadOnlyInt8Vector values = _input.Int8().Slice(pixel + (firstChannel / _depthMultiplier), inputs);
                _kernels.AccumulateTap(values, _parameters.InputOffset, weights.Slice(tap * channels, channels), _depthMultiplier, sums);
                AsymmetricTap.Add(values, _parameters.InputOffset, _parameters.WeightOffset, _depthMultiplier, sums);
            }
        }

        _output.Write(sums, firstChannel, channels, output);
    }

    private void RunPixel16(int batch, int top, int left, int firstChannel, int channels, int output)
    {
        ReadOnlyInt16Vector input = _input.Int16();
        ReadOnlyInt8Vector weights = Weights();
        for (int c = 0; c < channels; c++)
        {
            int inputChannel = (firstChannel + c) / _depthMultiplier;
            long sum = 0;
            for (int tap = 0; tap < _taps; tap++)
            {
                int pixel = Pixel(batch, top, left, tap);
                if (pixel >= 0)
                {
                    sum += (long)(input[pixel + inputChannel] + _parameters.InputOffset) * (weights[(tap * channels) + c] + _parameters.WeightOffset);
                }
            }

            _output.Write(sum, firstChannel + c, output + c);
        }
    }

    /// <summary>The input's element where the pixel starts that a tap sees; -1 where there is none.</summary>
    private int Pixel(int batch, int top, int left, int tap)
    {
        Window window = _window;
        int y = top + (tap / window.KernelWidth * window.DilationHeight);
        int x = left + (tap % window.KernelWidth * window.DilationWidth);
        return y < 0 || y >= window.InputHeight || x < 0 || x >= window.InputWidth
            ? -1
            : ((((batch * window.InputHeight) + y) * window.InputWidth) + x) * window.InputChannels;
    }

    private ReadOnlyInt8Vector Weights()
    {
        return _weights.IsDense ? _weights.Dense : _block.Int8();
    }
}
