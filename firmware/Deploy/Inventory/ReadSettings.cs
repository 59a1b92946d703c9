using EdgeQuant.Firmware.Deploy.Configuration;

namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>What a host reads: a sensor, what a configuration's file says, or a recording.</summary>
/// <param name="Sensor">The sensor's name; null if it is not said.</param>
/// <param name="Config">Full path of the configuration's file; null without one.</param>
/// <param name="Simulate">Full path of the recording that a simulated sensor plays; null without one.</param>
internal sealed record ReadSettings(string? Sensor, string? Config, string? Simulate)
{
    /// <summary>Makes the configuration for a model.</summary>
    public ReleaseConfiguration For(string model)
    {
        return Config is not null ? ReleaseConfiguration.OfFile(Config, model)
            : Simulate is not null ? ReleaseConfiguration.OfRecording(model, Sensor, Simulate)
            : ReleaseConfiguration.OfSensor(model, Sensor);
    }
}
