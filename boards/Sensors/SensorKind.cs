namespace EdgeQuant.Boards.Sensors;

/// <summary>A line of <see cref="SensorCatalog"/>.</summary>
/// <param name="Name">The sensor's name in settings.</param>
/// <param name="Channels">All channels that it has, set up as the settings say.</param>
/// <param name="Open">Opens and starts it.</param>
internal sealed record SensorKind(string Name, Func<SensorSettings, IReadOnlyList<SensorChannel>> Channels, Func<SensorSettings, IBoardConnections, ISensor> Open)
{
    /// <summary>What <see cref="SensorSettings.Range"/> may be; empty where it has no such ranges, or any.</summary>
    public IReadOnlyList<int> Ranges { get; init; } = [];

    /// <summary>Whether <see cref="SensorSettings.Range"/> may be any that the driver takes.</summary>
    public bool HasAnyRange { get; init; }

    /// <summary>What <see cref="SensorSettings.RotationRange"/> may be; empty where it has no such ranges.</summary>
    public IReadOnlyList<int> RotationRanges { get; init; } = [];
}
