using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute.Products;

/// <summary>
/// The input pixels that a window sees from each output pixel, one row each: [kernel height, kernel width, channels of a group]; zeros where
/// the window reaches beyond the data.
/// </summary>
internal sealed class Patches
{
    private readonly WindowAttributes _window;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _outputHeight;
    private readonly int _outputWidth;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _groupChannels;

    /// <param name="data">[batch, height, width, channels].</param>
    /// <param name="output">[batch, height, width, outputs].</param>
    /// <param name="filter">[outputs, height, width, channels of a group].</param>
    /// <param name="window">How the window slides.</param>
    public Patches(int[] data, int[] output, int[] filter, WindowAttributes window)
    {
        _window = window;
        (_height, _width, _channels) = (data[1], data[2], data[3]);
        (_outputHeight, _outputWidth) = (output[1], output[2]);
        (_kernelHeight, _kernelWidth, _groupChannels) = (filter[1], filter[2], filter[3]);
    }

    /// <summary>Numbers of a row.</summary>
    public int Length => _kernelHeight * _kernelWidth * _groupChannels;

    /// <summary>True if rows are the data's pixels as they are.</summary>
    public bool ArePixels =>
        _kernelHeight == 1 && _kernelWidth == 1 && _outputHeight == _height && _outputWidth == _width && _window is { StrideHeight: 1, StrideWidth: 1, PaddingTop: 0, PaddingLeft: 0 };

    /// <summary>Writes the rows of output pixels.</summary>
    /// <param name="data">All data.</param>
    /// <param name="group">The group whose channels are taken.</param>
    /// <param name="first">The first output pixel, counted over batch, height and width.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Receives them.</param>
    public void Gather(ReadOnlySpan<float> data, int group, int first, int count, Span<float> rows)
    {
        int end = first + count;
        for (int pixel = first; pixel < end;)
        {
            int x = pixel % _outputWidth;
            int line = pixel / _outputWidth;
            int pixels = Math.Min(_outputWidth - x, end - pixel);
            GatherLine(data, group, line / _outputHeight, line % _outputHeight, x, pixels, rows.Slice((pixel - first) * Length, pixels * Length));
            pixel += pixels;
        }
    }

    /// <summary>Writes the rows of output pixels that lie next to each other.</summary>
    private void GatherLine(ReadOnlySpan<float> data, int group, int batch, int y, int x, int count, Span<float> rows)
    {
        int length = _kernelWidth * _groupChannels;
        for (int kernelY = 0; kernelY < _kernelHeight; kernelY++)
        {
            int fromY = (y * _window.StrideHeight) - _window.PaddingTop + (kernelY * _window.DilationHeight);
            bool isOnData = fromY >= 0 && fromY < _height;
            ReadOnlySpan<float> pixels = isOnData ? data.Slice(((batch * _height) + fromY) * _width * _channels, _width * _channels) : [];
            for (int i = 0; i < count; i++)
            {
                Span<float> to = rows.Slice((i * Length) + (kernelY * length), length);
                if (isOnData)
                {
                    Line(pixels, group, ((x + i) * _window.StrideWidth) - _window.PaddingLeft, to);
                }
                else
                {
                    to.Clear();
                }
            }
        }
    }

    /// <summary>One line of the window.</summary>
    private void Line(ReadOnlySpan<float> pixels, int group, int fromX, Span<float> to)
    {
        int dilation = _window.DilationWidth;
        if (dilation == 1 && _groupChannels == _channels)
        {
            if (fromX >= 0 && fromX + _kernelWidth <= _width)
            {
                pixels.Slice(fromX * _channels, to.Length).CopyTo(to);
                return;
            }

            int before = Math.Clamp(-fromX, 0, _kernelWidth);
            int end = Math.Clamp(_width - fromX, before, _kernelWidth);
            to[..(before * _channels)].Clear();
            if (end > before)
            {
                pixels.Slice((fromX + before) * _channels, (end - before) * _channels).CopyTo(to[(before * _channels)..]);
            }

            to[(end * _channels)..].Clear();
            return;
        }

        for (int kernelX = 0; kernelX < _kernelWidth; kernelX++)
        {
            int x = fromX + (kernelX * dilation);
            Span<float> pixel = to.Slice(kernelX * _groupChannels, _groupChannels);
            if (x < 0 || x >= _width)
            {
                pixel.Clear();
            }
            else
            {
                pixels.Slice((x * _channels) + (group * _groupChannels), _groupChannels).CopyTo(pixel);
            }
        }
    }
}
