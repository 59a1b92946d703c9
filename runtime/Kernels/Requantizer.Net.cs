using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Turns accumulators of whole pixels, bias included, into outputs, <see cref="Lanes"/> at a time. Chosen when the network is loaded, because what
/// is known then about multipliers, shifts and the range of accumulators decides what is exact.
/// </summary>
internal abstract class Requantizer
{
    /// <summary>The accumulators that are finished at once.</summary>
    internal const int Lanes = 16;

    private const int HalfLanes = Lanes / 2;

    private readonly int _channels;
    private readonly int _outputBytes;
    private sbyte[] _rest;

    /// <param name="channels">The output channels of a pixel.</param>
    /// <param name="outputBytes">The bytes of an output.</param>
    protected Requantizer(int channels, int outputBytes = 1)
    {
        _channels = channels;
        _outputBytes = outputBytes;
        PixelStride = StrideOf(channels);
        _rest = new sbyte[Period(channels) * outputBytes];
    }

    /// <summary>
    /// From the accumulators of one pixel to those of the next: as many as there are channels, where one or two pixels fill whole vectors; filled up
    /// to whole vectors where not.
    /// </summary>
    internal int PixelStride { get; }

    /// <summary>The accumulators after which the channels start again with the first lane: arrays of scales have this length.</summary>
    internal static int Period(int channels)
    {
        int stride = StrideOf(channels);
        return stride % Lanes == 0 ? stride : 2 * stride;
    }

    /// <summary>The channel of a lane; none of the <paramref name="channels"/> where the lane only fills a vector.</summary>
    internal static int ChannelOf(int lane, int channels)
    {
        return lane % StrideOf(channels);
    }

    /// <summary>One for another thread: with scratch of its own.</summary>
    internal Requantizer Copy()
    {
        Requantizer copy = (Requantizer)MemberwiseClone();
        copy._rest = new sbyte[_rest.Length];
        return copy;
    }

    /// <summary>Adds to the bias of each channel what accumulators must start with beyond it.</summary>
    /// <param name="bias">As many as there are channels, or more.</param>
    internal virtual void Start(Span<int> bias)
    {
    }

    /// <summary>Finishes pixels.</summary>
    /// <param name="sums">[pixels, <see cref="PixelStride"/>], and <see cref="Lanes"/> that may be read behind them.</param>
    /// <param name="output">The bytes of [pixels, channels].</param>
    internal void Run(Span<int> sums, Span<sbyte> output)
    {
        if (PixelStride == _channels)
        {
            Finish(sums, output.Length / _outputBytes, output);
            return;
        }

        // A pixel's last vector reaches into the next pixel, which comes later.
        while (!output.IsEmpty)
        {
            Finish(sums, _channels, output);
            sums = sums[PixelStride..];
            output = output[(_channels * _outputBytes)..];
        }
    }

    /// <summary>Finishes accumulators that follow each other, the first being of channel 0.</summary>
    /// <param name="sums">The accumulators.</param>
    /// <param name="vectors">The vectors of <see cref="Lanes"/> that they are.</param>
    /// <param name="output">The bytes of the outputs, as many.</param>
    protected abstract void Finish(ref int sums, int vectors, ref sbyte output);

    private void Finish(Span<int> sums, int count, Span<sbyte> output)
    {
        int vectors = (count + Lanes - 1) / Lanes;
        if (vectors * Lanes * _outputBytes <= output.Length)
        {
            Finish(ref MemoryMarshal.GetReference(sums), vectors, ref MemoryMarshal.GetReference(output));
            return;
        }

        // The last vector is finished, from the first channel on, beside the output.
        int whole = count / Lanes * Lanes;
        int period = Period(_channels);
        int again = whole / period * period;
        int rest = (count - again + Lanes - 1) / Lanes;
        Finish(ref MemoryMarshal.GetReference(sums), whole / Lanes, ref MemoryMarshal.GetReference(output));
        Finish(ref sums[again], rest, ref MemoryMarshal.GetArrayDataReference(_rest));
        _rest.AsSpan((whole - again) * _outputBytes, (count - whole) * _outputBytes).CopyTo(output[(whole * _outputBytes)..]);
    }

    private static int StrideOf(int channels)
    {
        return channels % HalfLanes == 0 ? channels : (channels + Lanes - 1) / Lanes * Lanes;
    }
}
