using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// The taps of a transposed convolution's filter, sorted by the phase of the output pixels that see them, phases row-major. A later tap meets an
/// earlier input pixel: the taps of a phase stand in reverse order, so that the window of the input is read forwards.
/// </summary>
internal sealed class FilterPhases
{
    private readonly int[][] _phases;

    /// <summary>Sorts the taps of a kernel.</summary>
    public FilterPhases(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
    {
        int[][] rows = Phases(kernelHeight, strideHeight);
        int[][] columns = Phases(kernelWidth, strideWidth);
        _phases = [.. rows.SelectMany(_ => columns, (ys, xs) => (int[])[.. ys.SelectMany(_ => xs, (y, x) => (y * kernelWidth) + x)])];
    }

    /// <summary>The phases that see taps.</summary>
    public int Count => _phases.Length;

    /// <summary>The most taps that a phase sees.</summary>
    public int MostTaps => _phases[0].Length;

    /// <summary>The elements of a dense filter as the device reads them: a matrix for each phase, a row of it for each output channel.</summary>
    /// <param name="filter">Shape [output channels, height, width, channels], int8.</param>
    public sbyte[] Matrices(Tensor filter)
    {
        return Sorted(filter, Elements(filter), Enumerable.Range(0, Count).SelectMany(_ => Enumerable.Range(0, filter.Shape[0]), (phase, output) => (output, phase)));
    }

    /// <summary>The same filter, int8 or int4, with the taps of each output channel sorted.</summary>
    public Tensor Rows(Tensor filter)
    {
        sbyte[] sorted = Sorted(filter, Elements(filter), Enumerable.Range(0, filter.Shape[0]).SelectMany(_ => Enumerable.Range(0, Count), (output, phase) => (output, phase)));
        return new Tensor(filter.Name, filter.Type, filter.Shape)
        {
            Data = filter.Type == DataType.Int4 ? Int4Elements.Pack(sorted) : (byte[])(object)sorted,
            Quantization = filter.Quantization,
            Shared = filter.Shared,
        };
    }

    /// <summary>For each phase of one dimension its taps, the last one first.</summary>
    private static int[][] Phases(int kernel, int stride)
    {
        return [.. Enumerable.Range(0, Math.Min(kernel, stride)).Select(phase => Enumerable.Range(0, (kernel - phase + stride - 1) / stride).Select(i => phase + (i * stride)).Reverse().ToArray())];
    }

    private static sbyte[] Elements(Tensor filter)
    {
        ReadOnlySpan<byte> bytes = filter.Data!.Value.Span;
        return filter.Type == DataType.Int4 ? Int4Elements.Unpack(bytes, filter.ElementCount) : (sbyte[])(object)bytes.ToArray();
    }

    private sbyte[] Sorted(Tensor filter, sbyte[] elements, IEnumerable<(int Output, int Phase)> order)
    {
        int channels = filter.Shape[3];
        int taps = filter.Shape[1] * filter.Shape[2];
        sbyte[] sorted = new sbyte[elements.Length];
        int at = 0;
        foreach ((int output, int phase) in order)
        {
            foreach (int tap in _phases[phase])
            {
                elements.AsSpan(((output * taps) + tap) * channels, channels).CopyTo(sorted.AsSpan(at));
                at += channels;
            }
        }

        return sorted;
    }
}
