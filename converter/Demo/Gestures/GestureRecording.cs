using System.Globalization;
using System.Text;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>What an accelerometer measured while a person made gestures.</summary>
/// <param name="Samples">x, y, z of each sample, in counts (<see cref="Accelerometer"/>).</param>
/// <param name="Performances">The gestures that were made, in their order. Between them the hand rests.</param>
internal sealed record GestureRecording(short[] Samples, IReadOnlyList<Performance> Performances)
{
    /// <summary>The number of samples.</summary>
    public int Length => Samples.Length / Accelerometer.Axes;

    /// <summary>Seconds.</summary>
    public double Seconds => (double)Length / Accelerometer.SampleRate;

    /// <summary>The recording as CSV, as the simulator reads it: a line of names, then one for each sample, in g, exact to the count.</summary>
    public string ToCsv()
    {
        StringBuilder text = new("aX,aY,aZ\n");
        foreach (short[] sample in Samples.Chunk(Accelerometer.Axes))
        {
            text.AppendJoin(',', sample.Select(count => ((double)count / Accelerometer.CountsPerGravity).ToString("0.#####", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
