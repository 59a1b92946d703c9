namespace EdgeQuant.Converter.Signal;

/// <summary>Which statistics of motion are the features (<c>converter/Signal/README.md</c>).</summary>
internal sealed record MotionSettings
{
    /// <summary>The most bands.</summary>
    public const int MostBands = 64;

    /// <summary>Samples of a frame.</summary>
    public required int FrameSamples { get; init; }

    /// <summary>The statistics, in the order of the features.</summary>
    public required IReadOnlyList<MotionStatistic> Statistics { get; init; }

    /// <summary>Where bands begin and end, in hertz, ascending; empty if no statistic is of bands.</summary>
    public required IReadOnlyList<double> BandEdges { get; init; }

    /// <summary>Samples that are transformed for bands: a frame, and zeros up to a power of two.</summary>
    public int TransformSamples => MelSettings.TransformOf(FrameSamples);
}
