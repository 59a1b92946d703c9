namespace EdgeQuant.Boards;

/// <summary>What a sensor gives.</summary>
/// <param name="Name">The sensor: <c>MPU-6050</c>.</param>
/// <param name="Channels">Its channels, in the order of their samples.</param>
/// <param name="SampleRate">Samples per second that it really gives, in millihertz.</param>
public sealed record SensorDescription(string Name, IReadOnlyList<SensorChannel> Channels, int SampleRate);
