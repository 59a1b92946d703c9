namespace EdgeQuant.Boards.Sensors;

/// <summary>A line of <see cref="SensorCatalog"/>.</summary>
/// <param name="Name">The sensor's name in settings.</param>
/// <param name="Channels">All channels that it has, set up as the settings say.</param>
/// <param name="Open">Opens and starts it.</param>
internal sealed record SensorKind(string Name, Func<SensorSettings, IReadOnlyList<SensorChannel>> Channels, Func<SensorSettings, IBoardConnections, ISensor> Open);
