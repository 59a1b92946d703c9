using System.Numerics;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// One accelerometer of its kind: 50 samples a second of +-4 g in 16 bits, with the offset, the error of sensitivity and the noise that the
/// MPU-6050's product specification (revision 3.4, "Accelerometer Specifications") allows it.
/// </summary>
internal sealed class Accelerometer
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 50;

    /// <summary>Counts for 1 g.</summary>
    public const int CountsPerGravity = 8192;

    /// <summary>x, y, z.</summary>
    public const int Axes = 3;

    private const double MostOffset = 0.05;
    private const double MostSensitivityError = 0.03;

    /// <summary>400 µg for each root of a hertz, over the 33 Hz that pass a first-order filter of 21 Hz.</summary>
    private const float NoiseInGravities = 0.0023f;

    private readonly Noise _noise;
    private readonly Vector3 _offset;
    private readonly Vector3 _sensitivity;

    /// <summary>Draws a sensor.</summary>
    public Accelerometer(Noise noise)
    {
        _noise = noise;
        _offset = new Vector3(noise.Between(-MostOffset, MostOffset), noise.Between(-MostOffset, MostOffset), noise.Between(-MostOffset, MostOffset));
        double least = 1 - MostSensitivityError;
        double most = 1 + MostSensitivityError;
        _sensitivity = new Vector3(noise.Between(least, most), noise.Between(least, most), noise.Between(least, most));
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="force">What acts along its axes, in g, averaged over a sample's time; at rest the 1 g that holds it up.</param>
    /// <param name="counts">x, y, z; what is beyond the range is its end.</param>
    public void Sample(Vector3 force, Span<short> counts)
    {
        Vector3 measured = (force * _sensitivity) + _offset + (NoiseInGravities * new Vector3(_noise.Normal(), _noise.Normal(), _noise.Normal()));
        for (int axis = 0; axis < Axes; axis++)
        {
            counts[axis] = (short)Math.Clamp(MathF.Round(measured[axis] * CountsPerGravity), short.MinValue, short.MaxValue);
        }
    }
}
