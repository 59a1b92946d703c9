namespace EdgeQuant.Firmware.Sinks;

/// <summary>How long the queue in front of a slow place is, and how often that place is tried again.</summary>
public sealed record QueueOptions
{
    /// <summary>The most entries that wait, 1 or more; the oldest are dropped when one more comes.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>Only decisions whose label has just come up are taken; otherwise all are.</summary>
    public bool OnlyRaised { get; init; }

    /// <summary>
    /// How long taking a decision may wait until it is delivered; zero: it never waits. What was delivered survives the sudden end of the program; a place
    /// that is slower is said to be, and is not waited for any more until it has caught up.
    /// </summary>
    public TimeSpan Confirmation { get; init; }

    /// <summary>How long to wait after a failure; doubled each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long disposing may take to deliver what is still waiting.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(5);
}
