using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Firmware.Models;

namespace EdgeQuant.Firmware.Tests;

/// <summary>
/// A simulated board with an MPU-6050 that is up for two seconds and down for two, again and again, and a model that tells which; runs a loop on it.
/// </summary>
internal sealed class SimulatedDevice : IDisposable
{
    private const double HalfPeriod = 2;
    private const float Acceleration = 0.8f;

    private readonly TemporaryFolder _folder = new();

    public SimulatedDevice(double seconds, params string[] faults)
    {
        Board.Connect(Settings, new GeneratedSignal(Settings.Channels!, Signal, TimeSpan.FromSeconds(seconds)), [.. faults.Select(Fault.Parse)]);
        Replace(TiltModel.File());
    }

    public SensorSettings Settings { get; } = new() { Sensor = "mpu6050", Channels = ["aX", "aY", "aZ"] };

    public SimulatedConnections Board { get; } = new();

    public string ModelPath => _folder.File("model.eqm");

    /// <summary>Seconds of virtual time until something happened.</summary>
    public double Seconds(DateTimeOffset time)
    {
        return (time - Board.Clock.Start).TotalSeconds;
    }

    /// <summary>Writes a model file in place of the one that is there, as a rename does.</summary>
    public void Replace(byte[] file)
    {
        DateTime before = File.Exists(ModelPath) ? File.GetLastWriteTimeUtc(ModelPath) : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllBytes(ModelPath + ".new", file);
        File.SetLastWriteTimeUtc(ModelPath + ".new", before.AddSeconds(1));
        File.Move(ModelPath + ".new", ModelPath, overwrite: true);
    }

    /// <summary>Runs until the signal is over.</summary>
    public DeviceLoop Run(IDecisionSink sink, DeviceLoopOptions? options = null, CancellationToken cancellation = default)
    {
        ModelSlot model = new(ModelPath, ModelRequirements.None, Board.Time);
        return Run(model, sink, options, cancellation);
    }

    public DeviceLoop Run(ModelSlot model, IDecisionSink sink, DeviceLoopOptions? options = null, CancellationToken cancellation = default)
    {
        DeviceLoop loop = new(() => SensorCatalog.Open(Settings, Board), model, [sink], Board.Time, (options ?? new DeviceLoopOptions()) with { Ended = () => Board.SignalEnded });
        loop.Run(cancellation);
        return loop;
    }

    public void Dispose()
    {
        Board.Dispose();
        _folder.Dispose();
    }

    /// <summary>Plus and minus in turn, and what every sensor has: a little noise.</summary>
    private static void Signal(TimeSpan time, Span<float> values)
    {
        double seconds = time.TotalSeconds;
        values[0] = (seconds % (2 * HalfPeriod) < HalfPeriod ? Acceleration : -Acceleration) + (float)(0.01 * Math.Sin(37 * seconds));
        values[1] = (float)(0.02 * Math.Sin(41 * seconds));
        values[2] = 1 + (float)(0.02 * Math.Sin(43 * seconds));
    }
}
