using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// 2-D convolution as products of patches with the filter, tile by tile: only as many output pixels' patches exist at once as stay in the
/// cache. With 1x1 filters the data themselves are the patches.
/// </summary>
internal sealed class Convolution2DKernel : FloatKernel
{
    private const int TileNumbers = 1 << 14;

    private readonly Patches _patches;
    private readonly RightMatrix[] _filters;
    private readonly Bounds _bounds;
    private readonly int _input;
    private readonly int _filter;
    private readonly int _bias;
    private readonly int _output;
    private readonly int _pixels;
    private readonly int _channels;
    private readonly int _outputs;
    private readonly int _tile;

    public Convolution2DKernel(KernelContext context, Convolution2D operation)
    {
        int[] data = context.Node.Input(0).Shape;
        int[] filter = context.Node.Input(1).Shape;
        int[] output = context.Node.Output().Shape;
        _patches = new Patches(data, output, filter, operation.Window);
        _bounds = Bounds.Of(operation.Activation);
        (_input, _filter, _bias, _output) = (context.Input(0), context.Input(1), context.OptionalInput(2), context.Output());
        _pixels = output[0] * output[1] * output[2];
        _channels = data[3];
        _outputs = filter[0];
        int depth = _patches.Length;
        int groups = _channels / filter[3];
        int columns = _outputs / groups;
        _filters = [.. Enumerable.Range(0, groups).Select(group => new RightMatrix(depth, columns, 1, depth, group * columns * depth).With(context.Constant(1)))];
        _tile = Math.Clamp(TileNumbers / depth / MatrixProduct.BlockRows, 1, 64) * MatrixProduct.BlockRows;
    }

    public override void Run(FloatWorkspace workspace)
    {
        int tileLength = _tile * _patches.Length;
        Span<float> scratch = workspace.Scratch(tileLength + _filters[0].ScratchLength);
        for (int group = 0; group < _filters.Length; group++)
        {
            RightMatrix filter = _filters[group];
            PanelMatrix packed = filter.Packed(workspace[_filter], scratch[tileLength..]);
            ReadOnlySpan<float> bias = _bias < 0 ? [] : workspace[_bias].AsSpan(group * filter.Columns, filter.Columns);
            Run(workspace[_input], group, packed, bias, scratch[..tileLength], workspace[_output].AsSpan(group * filter.Columns));
        }
    }

    private void Run(ReadOnlySpan<float> data, int group, PanelMatrix filter, ReadOnlySpan<float> bias, Span<float> rows, Span<float> output)
    {
        for (int first = 0; first < _pixels; first += _tile)
        {
            int count = Math.Min(_tile, _pixels - first);
            Span<float> to = output[(first * _outputs)..];
            if (_patches.ArePixels)
            {
                MatrixProduct.Run(data[((first * _channels) + (group * _patches.Length))..], _channels, count, filter, bias, _bounds, to, _outputs);
                continue;
            }

            _patches.Gather(data, group, first, count, rows);
            MatrixProduct.Run(rows, _patches.Length, count, filter, bias, _bounds, to, _outputs);
        }
    }
}
