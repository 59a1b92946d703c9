using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// 2-D depthwise convolution, vectorized over channels, several output pixels of a line at a time. With a multiplier the data's channels are
/// repeated first, so that every output has a channel of its own.
/// </summary>
internal sealed class DepthwiseConvolution2DKernel : FloatKernel
{
    private readonly WindowAttributes _window;
    private readonly Bounds _bounds;
    private readonly int _input;
    private readonly int _filter;
    private readonly int _bias;
    private readonly int _output;
    private readonly int[] _data;
    private readonly int[] _result;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _multiplier;
    private readonly Range _inside;

    public DepthwiseConvolution2DKernel(KernelContext context, DepthwiseConvolution2D operation)
    {
        _window = operation.Window;
        _bounds = Bounds.Of(operation.Activation);
        (_input, _filter, _bias, _output) = (context.Input(0), context.Input(1), context.OptionalInput(2), context.Output());
        (_data, _result) = (context.Node.Input(0).Shape, context.Node.Output().Shape);
        (_kernelHeight, _kernelWidth) = (context.Node.Input(1).Shape[1], context.Node.Input(1).Shape[2]);
        _multiplier = _result[3] / _data[3];
        int first = Math.Min((_window.PaddingLeft + _window.StrideWidth - 1) / _window.StrideWidth, _result[2]);
        int room = _data[2] + _window.PaddingLeft - ((_kernelWidth - 1) * _window.DilationWidth) - 1;
        int end = room < 0 ? first : Math.Clamp((room / _window.StrideWidth) + 1, first, _result[2]);
        _inside = first..end;
    }

    public override void Run(FloatWorkspace workspace)
    {
        int channels = _result[3];
        int pixels = _data[0] * _data[1] * _data[2];
        ReadOnlySpan<float> data = workspace[_input];
        Span<float> scratch = workspace.Scratch(channels + (_multiplier == 1 ? 0 : pixels * channels));
        Span<float> start = scratch[..channels];
        if (_bias < 0)
        {
            start.Clear();
        }
        else
        {
            workspace[_bias].CopyTo(start);
        }

        if (_multiplier != 1)
        {
            Repeat(data, scratch[channels..]);
            data = scratch[channels..];
        }

        int line = _result[2] * channels;
        for (int i = 0; i < _result[0] * _result[1]; i++)
        {
            int batch = i / _result[1];
            int y = i % _result[1];
            ReadOnlySpan<float> image = data.Slice(batch * _data[1] * _data[2] * channels, _data[1] * _data[2] * channels);
            Line(image, (y * _window.StrideHeight) - _window.PaddingTop, workspace[_filter], start, workspace[_output].AsSpan(i * line, line));
        }
    }

    private void Repeat(ReadOnlySpan<float> data, Span<float> repeated)
    {
        for (int i = 0; i < data.Length; i++)
        {
            repeated.Slice(i * _multiplier, _multiplier).Fill(data[i]);
        }
    }

    private void Line(ReadOnlySpan<float> image, int fromY, ReadOnlySpan<float> filter, ReadOnlySpan<float> start, Span<float> output)
    {
        int channels = _result[3];
        Taps rows = Taps.Of(fromY, _window.DilationHeight, _kernelHeight, _data[1]);
        DepthwiseLine line = new(image, filter, start, _bounds, channels)
        {
            Rows = rows,
            RowStride = _window.DilationHeight * _data[2] * channels,
            ColumnStride = _window.DilationWidth * channels,
            PixelStride = _window.StrideWidth * channels,
            KernelWidth = _kernelWidth,
            Top = (fromY + (rows.First * _window.DilationHeight)) * _data[2] * channels,
        };
        int x = 0;
        while (x < _result[2])
        {
            int fromX = (x * _window.StrideWidth) - _window.PaddingLeft;
            int inside = x >= _inside.Start.Value && x < _inside.End.Value ? _inside.End.Value - x : 0;
            int count = inside >= DepthwiseLine.Pixels ? DepthwiseLine.Pixels : 1;
            line.Run(fromX * channels, Taps.Of(fromX, _window.DilationWidth, _kernelWidth, _data[2]), count, output.Slice(x * channels, count * channels));
            x += count;
        }
    }
}
