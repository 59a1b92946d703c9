namespace EdgeQuant.Converter.Signal;

/// <summary>
/// Triangles that overlap by half, their corners equally far apart on the mel scale (1127 ln(1 + f / 700), f in hertz), as the constants that
/// <see cref="Graph.Operations.SignalFilterBank"/> takes.
/// </summary>
internal sealed class MelFilterBank
{
    private readonly List<short> _weights = [];
    private readonly List<short> _counterweights = [];

    private readonly Func<double, double> _round;

    private MelFilterBank(MelSettings settings, double sampleRate, Func<double, double> round)
    {
        _round = round;
        int groups = settings.Bands + 1;
        FirstBins = new short[groups];
        FirstWeights = new short[groups];
        Bins = new short[groups];
        double first = Mel(settings.Lowest);
        double width = (Mel(settings.Highest) - first) / groups;
        for (int bin = 1; bin <= settings.TransformSamples / 2; bin++)
        {
            double place = (Mel(bin * sampleRate / settings.TransformSamples) - first) / width;
            int group = (int)Math.Floor(place);
            if (place >= 0 && group < groups)
            {
                Add(group, bin, place - group);
            }
        }
    }

    /// <summary>Makes the bank.</summary>
    /// <param name="settings">Bands, and where they lie.</param>
    /// <param name="sampleRate">In hertz.</param>
    /// <param name="round">What makes weights whole numbers.</param>
    /// <param name="source">Where the settings came from, for messages.</param>
    /// <exception cref="SignalException">A band has no bin.</exception>
    public static MelFilterBank Make(MelSettings settings, double sampleRate, Func<double, double> round, string source)
    {
        MelFilterBank bank = new(settings, sampleRate, round);
        return bank.EmptyBand < 0
            ? bank
            : throw new SignalException(
                source,
                $"Band {bank.EmptyBand} of {settings.Bands} lies between two bins of the spectrum, which are {sampleRate / settings.TransformSamples:0.##} hertz apart. Take fewer bands, a wider range or longer frames.");
    }

    /// <summary>What a weight of 1 is: 12 fraction bits.</summary>
    public static int Unit => 1 << 12;

    /// <summary>What each bin counts towards the band that ends with its group.</summary>
    public short[] Weights => [.. _weights];

    /// <summary>What each bin counts towards the band that begins with its group.</summary>
    public short[] Counterweights => [.. _counterweights];

    /// <summary>The first bin of each group: bands are groups n and n + 1.</summary>
    public short[] FirstBins { get; }

    /// <summary>The first weight of each group.</summary>
    public short[] FirstWeights { get; }

    /// <summary>The bins of each group.</summary>
    public short[] Bins { get; }

    /// <summary>A band that no bin counts towards; -1 if there is none.</summary>
    private int EmptyBand => Enumerable.Range(0, Bins.Length - 1).FirstOrDefault(band => !Of(band, _counterweights) && !Of(band + 1, _weights), -1);

    private static double Mel(double hertz)
    {
        return 1127 * Math.Log(1 + (hertz / 700));
    }

    private void Add(int group, int bin, double rise)
    {
        if (Bins[group] == 0)
        {
            FirstBins[group] = (short)bin;
            FirstWeights[group] = (short)_weights.Count;
        }

        Bins[group]++;
        _counterweights.Add((short)_round(rise * Unit));
        _weights.Add((short)_round((1 - rise) * Unit));
    }

    private bool Of(int group, List<short> weights)
    {
        return Enumerable.Range(FirstWeights[group], Bins[group]).Any(i => weights[i] > 0);
    }
}
