using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D depthwise convolution: each input channel makes its own output channels, as many as the depth multiplier says.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8 or int16), filter [1, height, width, output channels] (int8, or packed int4 for int8
/// data), bias, multipliers, shifts. Output: [batch, height, width, output channels], type of the data. Scratch: one tap of the filter
/// (int8), only where it is packed. Attributes: those of <see cref="Window"/>, then of <see cref="RowParameters"/>.
/// </remarks>
internal sealed class DepthwiseConvolution : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly Window _window;
    private readonly RowParameters _parameters;
    private readonly TensorData _input;
    private readonly TensorData _filter;
    private readonly TensorData _output;
    private readonly TensorData _tap;
    private readonly bool _packed;
    private readonly bool _wide;
    private readonly int _depthMultiplier;
    private readonly ConvolutionKernel? _kernel;

    internal DepthwiseConvolution(OperatorReader reader)
    {
        TensorInfo input = reader.Input(0);
        TensorInfo filter = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.Require(filter.Type == ElementType.Int8 && filter.Encoding != TensorEncoding.Shared, "the filter must have 8-bit or packed 4-bit elements.");
        _packed = filter.Encoding == TensorEncoding.PackedInt4;
        reader.Require(!_packed || !_wide, "packed 4-bit filters need 8-bit data.");
        reader.RequireOperands(5, 1, _packed ? 1 : 0);
        reader.RequireRank(filter, 4);
        reader.Require(filter.Storage == TensorStorage.Constant, "the filter is not a constant.");
        reader.Require(filter.Dimension(0) == 1, "the filter's first dimension is not 1.");
        _window = new Window(reader, input, output, filter.Dimension(1), filter.Dimension(2));
        reader.Require(filter.Dimension(3) == _window.OutputChannels, "the filter's channels and the output's differ.");
        reader.Require(_window.OutputChannels % _window.InputChannels == 0, "the output's channels are not a multiple of the input's.");
        _depthMultiplier = _window.OutputChannels / _window.InputChannels;
        _parameters = new RowParameters(reader, 2, _window.OutputChannels, input.Type, output.Type);
        _input = reader.Data(input);
        _filter = reader.Data(filter);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        if (_packed)
        {
            TensorInfo tap = reader.Scratch(0);
            reader.RequireType(tap, ElementType.Int8);
            reader.RequireElements(tap, _window.OutputChannels);
            _tap = reader.Data(tap);
        }

        if (!_packed)
        {
            _kernel = _kernels.DepthwiseConvolution(_window, _filter.Int8(), _parameters, reader.Workspace);
        }
        else if (_packed && _kernels.HoldsWeights)
        {
            WeightRows weights = new WeightRows(reader, filter, _filter, _window.OutputChannels);
            _kernel = _kernels.DepthwiseConvolution(_window, weights.ReadAll(), _parameters, reader.Workspace);
        }

        if (!_wide && _kernel == null)
        {
            _workspace.Require(_window.OutputChannels);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(_input, _output);
            return;
        }

        Window window = _window;
        int output = 0;
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
                        RunPixel16(batch, top, left, _output.Int16().Slice(output, window.OutputChannels));
                    }
                    else
                    {
                        RunPixel8(batch, top, left, _output.Int8().Slice(output, window.OutputChannels));
                    }
                }
            }
        }
    }

    private void RunPixel8(int batch, int top, int left, Int8Vector output)
    {
        Window window = _window;
        int[] sums = _workspace.Int32;
        for (int c = 0; c < window.OutputChannels; c++)
        {
            sums[c] = 0;
        }

        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            if (y < 0 || y >= window.InputHeight)
            {
                continue;
            }

            for (int kx = 0; kx < window.KernelWidth; kx++)
            {
                int x = left + (kx * window.DilationWidth);
                if (x >= 0 && x < window.InputWidth)
                {
                    ReadOnlyInt8Vector pixel = _input.Int8().Slice(Position(batch, y, x), window.InputChannels);
                    _kernels.AccumulateTap(pixel, _parameters.InputOffset, Tap((ky * window.KernelWidth) + kx), _depthMultiplier, sums);
                    AsymmetricTap.Add(pixel, _parameters.InputOffset, _parameters.WeightOffset, _depthMultiplier, sums);
                }
            }
        }

        _kernels.Requantize(sums, _parameters, output);
    }

    private ReadOnlyInt8Vector Tap(int tap)
    {
        int channels = _window.OutputChannels;
        if (!_packed)
        {
            return _filter.Int8().Slice(tap * channels, channels);
        }

        PackedInt4.Unpack(_filter.Int8(), tap * channels, _tap.Int8());
        return _tap.Int8();
    }

    private void RunPixel16(int batch, int top, int left, Int16Vector output)
    {
        RowParameters parameters = _parameters;
        Int32Parameters multipliers = parameters.Multipliers;
        ReadOnlyInt8Vector shifts = parameters.Shifts;
        for (int c = 0; c < output.Length; c++)
        {
            long sum = Sum16(batch, top, left, c);
            if (parameters.HasWideBias)
            {
                sum += parameters.WideBias[c];
            }
            else if (parameters.HasBias)
            {
                sum += parameters.Bias[c];
            }

            int channel = c * parameters.PerRow;
            output[c] = (short)(parameters.Wide
                ? parameters.Finish(sum, multipliers[channel], shifts[channel])
                : parameters.Finish((int)sum, multipliers[channel], shifts[channel]));
        }
    }

    private long Sum16(int batch, int top, int left, int channel)
    {
        Window window = _window;
        ReadOnlyInt16Vector input = _input.Int16();
        ReadOnlyInt8Vector filter = _filter.Int8();
        int inputChannel = channel / _depthMultiplier;
        long sum = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            if (y < 0 || y >= window.InputHeight)
            {
                continue;
            }

            for (int kx = 0; kx < window.KernelWidth; kx++)
            {
                int x = left + (kx * window.DilationWidth);
                if (x >= 0 && x < window.InputWidth)
                {
                    int weight = filter[(((ky * window.KernelWidth) + kx) * window.OutputChannels) + channel] + _parameters.WeightOffset;
                    sum += (long)(input[Position(batch, y, x) + inputChannel] + _parameters.InputOffset) * weight;
                }
            }
        }

        return sum;
    }

    private int Position(int batch, int y, int x)
    {
        return ((((batch * _window.InputHeight) + y) * _window.InputWidth) + x) * _window.InputChannels;
    }
}
