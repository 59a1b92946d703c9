using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// Windows of recordings, as the device will see them, each with the gesture that it shows: one that is in it nearly whole, or rest where
/// much of any is not there yet, or not any more. Those in between show neither, and are left out.
/// </summary>
internal static class GestureWindows
{
    /// <summary>Samples in a window: 1.28 seconds.</summary>
    public const int Length = 64;

    /// <summary>Samples from a window to the next.</summary>
    public const int Stride = 8;

    private const double Whole = 0.85;

    /// <summary>Less than that of a gesture is rest: the beginning of a circle is that of a swipe as well.</summary>
    private const double Little = 0.65;

    /// <summary>Cuts windows out of recordings.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="restStride">One of so many windows of rest is taken.</param>
    /// <param name="source">What messages and reports call them.</param>
    /// <returns>Windows [time, x y z] in g, and the number of the gesture of each.</returns>
    public static SampleSet Cut(IEnumerable<GestureRecording> recordings, int restStride, string source)
    {
        List<float[][]> inputs = [];
        List<int> labels = [];
        int resting = 0;
        foreach (GestureRecording recording in recordings)
        {
            for (int start = 0; start + Length <= recording.Length; start += Stride)
            {
                if (Label(recording.Performances, start) is Gesture gesture && (gesture != Gesture.Rest || resting++ % restStride == 0))
                {
                    inputs.Add([Values(recording, start)]);
                    labels.Add((int)gesture);
                }
            }
        }

        return new SampleSet(inputs, source) { Labels = [.. labels] };
    }

    /// <summary>The gesture that a window shows; null if that cannot be said.</summary>
    /// <param name="performances">The gestures that were made.</param>
    /// <param name="start">The window's first sample.</param>
    internal static Gesture? Label(IEnumerable<Performance> performances, int start)
    {
        Gesture? label = Gesture.Rest;
        foreach (Performance made in performances)
        {
            int shared = Math.Min(made.End, start + Length) - Math.Max(made.Start, start);
            double part = (double)shared / Math.Min(made.End - made.Start, Length);
            label = part >= Whole ? made.Gesture : part > Little ? null : label;
        }

        return label;
    }

    private static float[] Values(GestureRecording recording, int start)
    {
        ReadOnlySpan<short> counts = recording.Samples.AsSpan(start * Accelerometer.Axes, Length * Accelerometer.Axes);
        float[] values = new float[counts.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)counts[i] / Accelerometer.CountsPerGravity;
        }

        return values;
    }
}
