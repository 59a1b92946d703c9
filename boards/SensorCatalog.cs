namespace EdgeQuant.Boards;

/// <summary>The sensors that can be read, by name.</summary>
public static class SensorCatalog
{
    /// <summary>Opens a sensor and starts it.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(connections);
        throw new SensorException(SensorFault.BadSettings, $"There is no sensor \"{settings.Sensor}\".", "Use one of the known names.");
    }
}
