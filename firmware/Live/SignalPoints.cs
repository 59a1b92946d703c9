using EdgeQuant.Boards;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// A sensor's samples as points of a plot, in the channels' units. Up to 200 samples a second each is a point; beyond that two points, the
/// lowest and the highest value, stand for several samples. Allocates nothing after it was made.
/// </summary>
internal sealed class SignalPoints
{
    private const double MostPointsPerSecond = 200;
    private const double Tolerance = 0.05;

    /// <summary>The most points that are kept before they have to be written.</summary>
    private const int Capacity = 256;

    private readonly float[] _scales;
    private readonly float[] _points;
    private readonly short[] _lowest;
    private readonly short[] _highest;
    private readonly double _period;
    private readonly int _bucket;
    private int _inBucket;
    private double _next;

    /// <summary>Makes an empty one.</summary>
    /// <param name="sensor">The sensor.</param>
    public SignalPoints(SensorDescription sensor)
    {
        _scales = [.. sensor.Channels.Select(channel => channel.Scale)];
        _points = new float[Capacity * _scales.Length];
        _lowest = new short[_scales.Length];
        _highest = new short[_scales.Length];
        _period = 1000.0 / sensor.SampleRate;
        bool isFast = 1 / _period > MostPointsPerSecond;
        _bucket = isFast ? (int)Math.Ceiling(2 / (_period * MostPointsPerSecond)) : 1;
        Step = isFast ? _bucket * _period / 2 : _period;
    }

    /// <summary>Seconds from a point to the next.</summary>
    public double Step { get; }

    /// <summary>Channels of a point.</summary>
    public int Channels => _scales.Length;

    /// <summary>Points that are there.</summary>
    public int Count { get; private set; }

    /// <summary>Seconds of the first point.</summary>
    public double Time { get; private set; }

    /// <summary>The value of a point, in the channel's unit.</summary>
    public float this[int point, int channel] => _points[(point * _scales.Length) + channel];

    /// <summary>Whether the points have to be written before another sample can be added: there is no room, or the sample does not follow the one before.</summary>
    /// <param name="time">The sample's time, in seconds.</param>
    public bool MustBeWritten(double time)
    {
        return Count + 2 > Capacity || (Count > 0 && !Follows(time));
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="sample">A count for each channel.</param>
    /// <param name="time">When it was taken, in seconds.</param>
    public void Add(ReadOnlySpan<short> sample, double time)
    {
        if (Count == 0 && (_inBucket == 0 || !Follows(time)))
        {
            _inBucket = 0;
            Time = time;
        }

        _next = time + _period;
        for (int channel = 0; channel < sample.Length; channel++)
        {
            _lowest[channel] = _inBucket == 0 ? sample[channel] : Math.Min(_lowest[channel], sample[channel]);
            _highest[channel] = _inBucket == 0 ? sample[channel] : Math.Max(_highest[channel], sample[channel]);
        }

        if (++_inBucket < _bucket)
        {
            return;
        }

        _inBucket = 0;
        Put(_lowest);
        if (_bucket > 1)
        {
            Put(_highest);
        }
    }

    /// <summary>Forgets the points, which were written.</summary>
    public void Clear()
    {
        // Samples that are not a point yet will be the first one.
        Time = _next - (_inBucket * _period);
        Count = 0;
    }

    /// <summary>Whether a sample joins the one before; boards look for samples when they have time.</summary>
    private bool Follows(double time)
    {
        return Math.Abs(time - _next) <= (2 * _period) + Tolerance;
    }

    private void Put(short[] sample)
    {
        for (int channel = 0; channel < sample.Length; channel++)
        {
            _points[(Count * sample.Length) + channel] = MathF.Round(sample[channel] * _scales[channel], 5);
        }

        Count++;
    }
}
