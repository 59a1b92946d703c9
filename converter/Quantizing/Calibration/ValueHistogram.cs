namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>
/// Counts real numbers in bins whose width grows with their magnitude: 256 bins to an octave, so that a bin is at most 1/256 of its values
/// wide, for any range and without knowing it beforehand. Counts are whole numbers: adding and merging in any order gives the same.
/// </summary>
internal sealed class ValueHistogram
{
    /// <summary>Bits of the mantissa that tell bins of one octave apart.</summary>
    private const int BinBits = 8;

    private const int BinsPerOctave = 1 << BinBits;
    private const int MantissaBits = 23;
    private const int Shift = MantissaBits - BinBits;

    /// <summary>An octave for each exponent, positive ones first, then negative ones.</summary>
    private const int Octaves = 512;

    private const int PositiveOctaves = Octaves / 2;

    private readonly long[]?[] _octaves = new long[Octaves][];

    /// <summary>Counts values, all of them finite.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            uint key = BitConverter.SingleToUInt32Bits(value) >> Shift;
            long[] octave = _octaves[key >> BinBits] ??= new long[BinsPerOctave];
            octave[key & (BinsPerOctave - 1)]++;
        }
    }

    /// <summary>Adds the counts of another histogram.</summary>
    public void Add(ValueHistogram other)
    {
        for (int i = 0; i < Octaves; i++)
        {
            if (other._octaves[i] is not long[] counts)
            {
                continue;
            }

            long[] octave = _octaves[i] ??= new long[BinsPerOctave];
            for (int j = 0; j < BinsPerOctave; j++)
            {
                octave[j] += counts[j];
            }
        }
    }

    /// <summary>The bins that are not empty, from the lowest values to the highest; both zeros are one bin without width.</summary>
    public HistogramBin[] Bins()
    {
        List<HistogramBin> bins = [];
        long zeros = 0;
        for (int key = (Octaves * BinsPerOctave) - 1; key > PositiveOctaves * BinsPerOctave; key--)
        {
            Take(key, key - (PositiveOctaves * BinsPerOctave), -1);
        }

        zeros += Count(PositiveOctaves * BinsPerOctave) + Count(0);
        if (zeros > 0)
        {
            bins.Add(new HistogramBin(0, 0, zeros));
        }

        for (int key = 1; key < PositiveOctaves * BinsPerOctave; key++)
        {
            Take(key, key, 1);
        }

        return [.. bins];

        void Take(int key, int magnitude, int sign)
        {
            if (Count(key) is long count and > 0)
            {
                float near = BitConverter.UInt32BitsToSingle((uint)magnitude << Shift);
                float far = BitConverter.UInt32BitsToSingle((uint)(magnitude + 1) << Shift);
                far = float.IsFinite(far) ? far : float.MaxValue;
                bins.Add(sign > 0 ? new HistogramBin(near, far, count) : new HistogramBin(-far, -near, count));
            }
        }
    }

    private long Count(int key)
    {
        return _octaves[key >> BinBits] is long[] octave ? octave[key & (BinsPerOctave - 1)] : 0;
    }
}
