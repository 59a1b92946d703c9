namespace EdgeQuant.Firmware;

/// <summary>How a <see cref="DeviceLoop"/> goes about its work.</summary>
public sealed record DeviceLoopOptions
{
    /// <summary>How often a sign of life is reported; zero: never.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before a sensor that is gone is tried again; doubled each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that the loop waits for anything before it looks after everything else.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After how long without samples the sensor is opened again: one that was without power for a moment sleeps.</summary>
    public TimeSpan Missing { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Asked before each read: whether there will never be a sample again (the recording that a simulated sensor plays is over, and all of it was read).</summary>
    public Func<bool>? Ended { get; init; }

    /// <summary>Called at least once in <see cref="Patience"/>, as long as the loop does its work. For a watchdog.</summary>
    public Action? Alive { get; init; }
}
