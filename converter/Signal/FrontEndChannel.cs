using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Converter.Signal;

/// <summary>One channel of the sensor.</summary>
internal sealed record FrontEndChannel
{
    /// <summary>Its name, for people.</summary>
    public string? Name { get; init; }

    /// <summary>The unit that it measures in.</summary>
    public SignalUnit Unit { get; init; }

    /// <summary>What one count of the sensor's int16 numbers is in that unit.</summary>
    public double PerCount { get; init; } = 1;
}
