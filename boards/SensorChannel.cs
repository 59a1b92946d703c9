namespace EdgeQuant.Boards;

/// <summary>One channel of a sensor.</summary>
/// <param name="Name">Its name, as in the header of a recording: <c>aX</c>.</param>
/// <param name="Unit">The unit of what it measures: <c>g</c>, <c>deg/s</c>, <c>degC</c>, <c>hPa</c>, <c>%</c>, <c>V</c>, <c>FS</c> (of full scale).</param>
/// <param name="Scale">What one count is in that unit: value = count x scale.</param>
public sealed record SensorChannel(string Name, string Unit, float Scale)
{
    /// <summary>The least count that the channel gives; values below it read as this one.</summary>
    public short Lowest { get; init; } = short.MinValue;

    /// <summary>The largest count that the channel gives; values above it read as this one.</summary>
    public short Highest { get; init; } = short.MaxValue;

    /// <summary>Whether noise alone moves it from sample to sample, so that one value for long is a fault.</summary>
    public bool IsNoisy { get; init; }
}
