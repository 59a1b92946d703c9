using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// 2-D depthwise convolution whose results' scale is found at run time: each input channel makes its own output channels, as many as the
/// depth multiplier says. A filter that is not dense is read block by block of output channels, each once for all pixels.
/// </summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (int8), filter [1, height, width, output channels] (int8 in any encoding), bias, multipliers,
/// shifts, scale of the data (int32 [3], may be absent). Outputs: data [batch, height, width, output channels] (int8), scale (int32 [3]).
/// Scratch: that of <see cref="DynamicResults"/>, then the filter of as many output channels as one or more input channels make (int8), only
/// where it is not dense. Attributes: those of <see cref="Window"/>, of <see cref="DynamicOperand"/>, of <see cref="DynamicRows"/>, of
/// <see cref="DynamicResults"/>.
/// </remarks>
internal sealed class DynamicDepthwiseConvolution : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly Window _window;
    private readonly DynamicOperand _input;
    private readonly DynamicRows _parameters;
    private readonly DynamicResults _results;
    private readonly WeightRows _filter;
    private readonly TensorData _block;
    private readonly int _depthMultiplier;
    private readonly int _blockChannels;

    internal DynamicDepthwiseConvolution(OperatorReader reader)
    {
        TensorInfo filter = reader.Input(1);
        int results = DynamicResults.ScratchOf(reader);
        reader.RequireOperands(6, 2, results + WeightBlocks.ScratchOf(filter));
        reader.RequireRank(filter, 4);
        reader.Require(filter.Dimension(0) == 1, "the filter's first dimension is not 1.");
        _window = new Window(reader, reader.Input(0), reader.Output(0), filter.Dimension(1), filter.Dimension(2));
        int channels = _window.OutputChannels;
        reader.Require(filter.Dimension(3) == channels, "the filter's channels and the output's differ.");
        reader.Require(channels % _window.InputChannels == 0, "the output's channels are not a multiple of the input's.");
        _depthMultiplier = channels / _window.InputChannels;
        int taps = filter.ElementCount / channels;
        _input = new DynamicOperand(reader, "data", 0, 5);
        _parameters = new DynamicRows(reader, 2, channels, taps, filter);
        _results = new DynamicResults(reader);
        _filter = new WeightRows(reader, filter, reader.Data(filter), channels);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _blockChannels = channels;
        if (!_filter.IsDense)
        {
            TensorInfo block = reader.Scratch(results);
            reader.RequireType(block, ElementType.Int8);
            _blockChannels = block.ElementCount / taps;
            reader.Require(
                _blockChannels > 0 && _blockChannels <= channels && _blockChannels % _depthMultiplier == 0 && block.ElementCount == _blockChannels * taps,
                "its scratch for weights is not the filter of whole input channels.");
            _block = reader.Data(block);
        }
    }

    internal override void Run()
    {
        _input.ReadScale();
        RealScale unit = _parameters.Begin(_input.Scale);
        _results.Begin();
        RunBlocks();
        if (_results.Finish(unit))
        {
            RunBlocks();
        }
    }

    private void RunBlocks()
    {
        Window window = _window;
        for (int first = 0; first < window.OutputChannels; first += _blockChannels)
        {
            int channels = window.OutputChannels - first < _blockChannels ? window.OutputChannels - first : _blockChannels;
            Load(first, channels);
            RunBlock(first, channels);
        }
    }

    private void Load(int firstChannel, int channels)
    {
        for (int tap = 0; !_filter.IsDense && tap < _window.KernelHeight * _window.KernelWidth; tap++)
        {
            _filter.ReadChannels((tap * _window.OutputChannels) + firstChannel, firstChannel, _block.Int8().Slice(tap * channels, channels));
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
                for (int x = 0; x < window.OutputWidth; x++, output += window.OutputChannels)
                {
                    Accumulate(batch, (y * window.StrideHeight) - window.PaddingTop, (x * window.StrideWidth) - window.PaddingLeft, firstChannel, channels);
                    _parameters.Finish(firstChannel, channels);
                    _results.Add(output, channels);
                }
            }
        }
    }

    private void Accumulate(int batch, int top, int left, int firstChannel, int channels)
    {
        Window window = _window;
        int[] sums = _workspace.Int32;
        for (int c = 0; c < channels; c++)
        {
            sums[c] = 0;
        }

        ReadOnlyInt8Vector weights = _filter.IsDense ? _filter.Dense : _block.Int8();
        int inputs = channels / _depthMultiplier;
        int tap = 0;
        for (int ky = 0; ky < window.KernelHeight; ky++)
        {
            int y = top + (ky * window.DilationHeight);
            for (int kx = 0; kx < window.KernelWidth; kx++, tap++)
            {
                int x = left + (kx * window.DilationWidth);
                if (window.IsInside(y, x))
                {
                    ReadOnlyInt8Vector pixel = _input.Elements.Slice(window.Position(batch, y, x) + (firstChannel / _depthMultiplier), inputs);
                    _kernels.AccumulateTap(pixel, -_input.ZeroPoint, weights.Slice(tap * channels, channels), _depthMultiplier, sums);
                    AsymmetricTap.Add(pixel, -_input.ZeroPoint, _parameters.WeightOffset, _depthMultiplier, sums);
                }
            }
        }
    }
}
