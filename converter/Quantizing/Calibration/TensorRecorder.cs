using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>
/// What one thread has seen of a tensor, as far as the order of the records does not matter to it: minima, maxima and whole counts.
/// </summary>
internal sealed class TensorRecorder
{
    /// <summary>Below so many channels a row is too short for a vector operation of its own.</summary>
    private const int FewChannels = 8;

    public TensorRecorder(int channels)
    {
        Minimum = new float[channels];
        Maximum = new float[channels];
        Minimum.AsSpan().Fill(float.PositiveInfinity);
        Maximum.AsSpan().Fill(float.NegativeInfinity);
    }

    public ValueHistogram Histogram { get; } = new();

    /// <summary>The smallest value of each channel.</summary>
    public float[] Minimum { get; }

    /// <summary>The largest value of each channel.</summary>
    public float[] Maximum { get; }

    /// <summary>Takes in one record's values, all of them finite.</summary>
    /// <param name="values">The values, channels innermost.</param>
    /// <param name="sums">Gets the sum of each channel.</param>
    public void Add(ReadOnlySpan<float> values, Span<double> sums)
    {
        sums.Clear();
        int channels = sums.Length;
        for (int row = 0; row < values.Length; row += channels)
        {
            AddRow(values.Slice(row, channels), sums);
        }

        Histogram.Add(values);
    }

    /// <summary>Takes in what another thread has seen.</summary>
    public void Add(TensorRecorder other)
    {
        Histogram.Add(other.Histogram);
        TensorPrimitives.Min(Minimum, other.Minimum, Minimum);
        TensorPrimitives.Max(Maximum, other.Maximum, Maximum);
    }

    private void AddRow(ReadOnlySpan<float> row, Span<double> sums)
    {
        if (row.Length >= FewChannels)
        {
            TensorPrimitives.Min(row, Minimum, Minimum);
            TensorPrimitives.Max(row, Maximum, Maximum);
            for (int i = 0; i < row.Length; i++)
            {
                sums[i] += row[i];
            }

            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            float value = row[i];
            Minimum[i] = value < Minimum[i] ? value : Minimum[i];
            Maximum[i] = value > Maximum[i] ? value : Maximum[i];
            sums[i] += value;
        }
    }
}
