namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>How many values lie in a small range; no other bin of a histogram overlaps it.</summary>
/// <param name="Low">The lower end; not above 0 in any bin but those of positive values.</param>
/// <param name="High">The upper end; equal to <paramref name="Low"/> in the bin of zeros.</param>
/// <param name="Count">How many values; at least 1.</param>
internal readonly record struct HistogramBin(float Low, float High, long Count)
{
    public float Middle => (float)(((double)Low + High) / 2);
}
