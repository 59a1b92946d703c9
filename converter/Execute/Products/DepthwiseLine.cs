using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Converter.Execute.Products;

/// <summary>One output line of a depthwise convolution, whose data have as many channels as its output.</summary>
/// <param name="image">[height, width, channels].</param>
/// <param name="filter">[kernel height, kernel width, channels].</param>
/// <param name="start">What sums start with, for each channel.</param>
/// <param name="bounds">What results are held within.</param>
/// <param name="channels">Channels.</param>
internal readonly ref struct DepthwiseLine(ReadOnlySpan<float> image, ReadOnlySpan<float> filter, ReadOnlySpan<float> start, Bounds bounds, int channels)
{
    /// <summary>How many pixels are computed at a time.</summary>
    public const int Pixels = 4;

    private readonly ReadOnlySpan<float> _image = image;
    private readonly ReadOnlySpan<float> _filter = filter;
    private readonly ReadOnlySpan<float> _start = start;

    /// <summary>The kernel's rows that lie on the image.</summary>
    public required Taps Rows { get; init; }

    /// <summary>In the image, from one row of the kernel to the next.</summary>
    public required int RowStride { get; init; }

    /// <summary>In the image, from one column of the kernel to the next.</summary>
    public required int ColumnStride { get; init; }

    /// <summary>In the image, from one output pixel to the next.</summary>
    public required int PixelStride { get; init; }

    public required int KernelWidth { get; init; }

    /// <summary>Where in the image the first line is that a row of the kernel lies on.</summary>
    public required int Top { get; init; }

    /// <summary>Computes one pixel, or <see cref="Pixels"/> whose windows lie inside the image from left to right.</summary>
    /// <param name="left">Where on the image's lines the window's first column lies, before the line if negative.</param>
    /// <param name="columns">The kernel's columns that lie on the image.</param>
    /// <param name="count">1 or <see cref="Pixels"/>.</param>
    /// <param name="output">Receives the pixels.</param>
    public void Run(int left, Taps columns, int count, Span<float> output)
    {
        if (Rows.First == Rows.End || columns.First == columns.End)
        {
            columns = default;
        }
        else
        {
            // The last element that is read; with the first one inside, all others are.
            int last = Top + ((Rows.End - Rows.First - 1) * RowStride) + left + ((columns.End - 1) * ColumnStride) + ((count - 1) * PixelStride) + channels;
            _ = _image[(Top + left + (columns.First * ColumnStride))..last];
        }

        int channel = 0;
        for (; channel + Vector256<float>.Count <= channels; channel += Vector256<float>.Count)
        {
            if (count == 1)
            {
                One(left, columns, channel, output);
            }
            else
            {
                Four(left, columns, channel, output);
            }
        }

        for (; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < count; pixel++)
            {
                output[(pixel * channels) + channel] = Scalar(left + (pixel * PixelStride), columns, channel);
            }
        }
    }

    private void Four(int left, Taps columns, int channel, Span<float> output)
    {
        ref float pixels = ref MemoryMarshal.GetReference(_image);
        ref float taps = ref MemoryMarshal.GetReference(_filter);
        Vector256<float> sum0 = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_start), (nuint)channel);
        Vector256<float> sum1 = sum0, sum2 = sum0, sum3 = sum0;
        nint next = PixelStride;
        for (int row = Rows.First; row < Rows.End; row++)
        {
            ref float data = ref Unsafe.Add(ref pixels, Top + ((row - Rows.First) * RowStride) + left + (columns.First * ColumnStride) + channel);
            ref float weights = ref Unsafe.Add(ref taps, (((row * KernelWidth) + columns.First) * channels) + channel);
            for (int column = columns.First; column < columns.End; column++)
            {
                Vector256<float> weight = Vector256.LoadUnsafe(ref weights);
                sum0 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref data), weight, sum0);
                sum1 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref Unsafe.Add(ref data, next)), weight, sum1);
                sum2 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref Unsafe.Add(ref data, next * 2)), weight, sum2);
                sum3 = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref Unsafe.Add(ref data, next * 3)), weight, sum3);
                data = ref Unsafe.Add(ref data, ColumnStride);
                weights = ref Unsafe.Add(ref weights, channels);
            }
        }

        ref float to = ref Unsafe.Add(ref MemoryMarshal.GetReference(output), channel);
        Held(sum0).StoreUnsafe(ref to);
        Held(sum1).StoreUnsafe(ref to, (nuint)channels);
        Held(sum2).StoreUnsafe(ref to, (nuint)channels * 2);
        Held(sum3).StoreUnsafe(ref to, (nuint)channels * 3);
    }

    private void One(int left, Taps columns, int channel, Span<float> output)
    {
        ref float pixels = ref MemoryMarshal.GetReference(_image);
        ref float taps = ref MemoryMarshal.GetReference(_filter);
        Vector256<float> sum = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(_start), (nuint)channel);
        for (int row = Rows.First; row < Rows.End; row++)
        {
            int at = Top + ((row - Rows.First) * RowStride) + left + channel;
            for (int column = columns.First; column < columns.End; column++)
            {
                sum = Vector256.MultiplyAddEstimate(
                    Vector256.LoadUnsafe(ref Unsafe.Add(ref pixels, at + (column * ColumnStride))),
                    Vector256.LoadUnsafe(ref Unsafe.Add(ref taps, (((row * KernelWidth) + column) * channels) + channel)),
                    sum);
            }
        }

        Held(sum).StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)channel);
    }

    private float Scalar(int left, Taps columns, int channel)
    {
        float sum = _start[channel];
        for (int row = Rows.First; row < Rows.End; row++)
        {
            int at = Top + ((row - Rows.First) * RowStride) + left + channel;
            for (int column = columns.First; column < columns.End; column++)
            {
                sum += _image[at + (column * ColumnStride)] * _filter[(((row * KernelWidth) + column) * channels) + channel];
            }
        }

        return Math.Min(Math.Max(sum, bounds.Lowest), bounds.Highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Held(Vector256<float> values)
    {
        return Vector256.Min(Vector256.Max(values, Vector256.Create(bounds.Lowest)), Vector256.Create(bounds.Highest));
    }
}
