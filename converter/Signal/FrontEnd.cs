namespace EdgeQuant.Converter.Signal;

/// <summary>A front end as its file describes it (<c>converter/Signal/README.md</c>).</summary>
internal sealed record FrontEnd
{
    /// <summary>What makes features of samples.</summary>
    public required FrontEndKind Kind { get; init; }

    /// <summary>Samples a second, in hertz.</summary>
    public required double SampleRate { get; init; }

    /// <summary>The sensor's channels, in the order in which they stand in a sample.</summary>
    public required IReadOnlyList<FrontEndChannel> Channels { get; init; }

    /// <summary>The network's file, beside the front end's; for <see cref="FrontEndKind.Network"/>.</summary>
    public string? File { get; init; }

    /// <summary>Samples from the start of a frame to the start of the next; for all kinds but <see cref="FrontEndKind.Raw"/>. Absent: frames do not overlap.</summary>
    public int? HopSamples { get; init; }

    /// <summary>The bands; for <see cref="FrontEndKind.LogMel"/>, <see cref="FrontEndKind.Mfcc"/> and <see cref="FrontEndKind.MicroSpeech"/>, otherwise null.</summary>
    public MelSettings? Mel { get; init; }

    /// <summary>The statistics; for <see cref="FrontEndKind.MotionStatistics"/>, otherwise null.</summary>
    public MotionSettings? Motion { get; init; }

    /// <summary>Frames (raw: samples) from an inference to the next. Absent: as many as the network's input has, so that inputs do not overlap.</summary>
    public int? Stride { get; init; }
}
