namespace EdgeQuant.Firmware.Monitoring;

/// <summary>From when on samples are no longer believed. A duration of zero switches that check off.</summary>
public sealed record SampleMonitorOptions
{
    /// <summary>How long a channel may give the very same value before it counts as stuck; never fewer than 16 samples.</summary>
    public TimeSpan Stuck { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a channel may stay at the end of its range before it counts as saturated; never fewer than 4 samples.</summary>
    public TimeSpan Saturated { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long samples must be good again before they are believed.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long it may take until the next samples come; never less than 20 periods of the sensor.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long without samples the sensor is closed and opened again.</summary>
    public TimeSpan Missing { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>By how much the rate at which samples come may differ from the sensor's, measured over <see cref="RateWindow"/>: 0.1 is a tenth; 0: not checked.</summary>
    public double RateTolerance { get; init; } = 0.1;

    /// <summary>Over how long the rate is measured.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(10);
}
