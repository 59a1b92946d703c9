using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Height and width changed by interpolation, with TensorFlow Lite's coordinates.</summary>
internal sealed class ResizeBilinearKernel : FloatKernel
{
    private readonly int _input;
    private readonly int _output;
    private readonly int[] _data;
    private readonly int[] _result;
    private readonly Neighbours[] _rows;
    private readonly Neighbours[] _columns;

    public ResizeBilinearKernel(KernelContext context, ResizeBilinear operation)
    {
        (_input, _output) = (context.Input(0), context.Output());
        (_data, _result) = (context.Node.Input(0).Shape, context.Node.Output().Shape);
        _rows = Along(_data[1], _result[1], operation);
        _columns = Along(_data[2], _result[2], operation);
    }

    public override void Run(FloatWorkspace workspace)
    {
        int channels = _data[3];
        int line = _data[2] * channels;
        for (int i = 0; i < _result[0] * _result[1]; i++)
        {
            Neighbours row = _rows[i % _result[1]];
            ReadOnlySpan<float> image = workspace[_input].AsSpan(i / _result[1] * _data[1] * line, _data[1] * line);
            ReadOnlySpan<float> above = image.Slice(row.Lower * line, line);
            ReadOnlySpan<float> below = image.Slice(row.Upper * line, line);
            Span<float> to = workspace[_output].AsSpan(i * _result[2] * channels, _result[2] * channels);
            for (int x = 0; x < _result[2]; x++)
            {
                Neighbours column = _columns[x];
                int left = column.Lower * channels;
                int right = column.Upper * channels;
                for (int channel = 0; channel < channels; channel++)
                {
                    to[(x * channels) + channel] =
                        (above[left + channel] * (1 - row.Share) * (1 - column.Share))
                        + (below[left + channel] * row.Share * (1 - column.Share))
                        + (above[right + channel] * (1 - row.Share) * column.Share)
                        + (below[right + channel] * row.Share * column.Share);
                }
            }
        }
    }

    private static Neighbours[] Along(int from, int to, ResizeBilinear operation)
    {
        float scale = operation.AlignCorners && to > 1 ? (from - 1) / (float)(to - 1) : from / (float)to;
        Neighbours[] neighbours = new Neighbours[to];
        for (int i = 0; i < to; i++)
        {
            float at = operation.HalfPixelCenters ? ((i + 0.5f) * scale) - 0.5f : i * scale;
            int lower = Math.Max((int)MathF.Floor(at), 0);
            neighbours[i] = new Neighbours(lower, Math.Min((int)MathF.Ceiling(at), from - 1), at - lower);
        }

        return neighbours;
    }

    /// <summary>Two positions, and how much of the upper one is taken.</summary>
    private readonly record struct Neighbours(int Lower, int Upper, float Share);
}
