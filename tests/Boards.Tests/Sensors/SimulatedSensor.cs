using System.Globalization;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Tests.Sensors;

/// <summary>A sensor on a simulated board, and what reading it to the end gives.</summary>
internal sealed class SimulatedSensor : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly SensorSettings _settings;

    public SimulatedSensor(SensorSettings settings, ISignalSource signal, params Fault[] faults)
    {
        _settings = settings;
        Board.Connect(settings, signal, faults);
    }

    public SimulatedConnections Board { get; } = new();

    public ISensor Open()
    {
        return SensorCatalog.Open(_settings, Board);
    }

    /// <summary>All samples until the signal ends.</summary>
    public short[] ReadAll(ISensor sensor)
    {
        List<short> all = [];
        short[] buffer = new short[sensor.Description.Channels.Count * 20];
        while (!Board.SignalEnded)
        {
            int count = sensor.Read(buffer, s_patience);
            all.AddRange(buffer.AsSpan(0, count * sensor.Description.Channels.Count));
        }

        return [.. all];
    }

    public void Dispose()
    {
        Board.Dispose();
    }

    /// <summary>A recording of values, sample after sample.</summary>
    public static Recording Recording(IReadOnlyList<string> channels, IEnumerable<float> values)
    {
        IEnumerable<string> lines = values.Chunk(channels.Count).Select(sample => string.Join(',', sample.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        using StringReader reader = new(string.Join('\n', lines.Prepend(string.Join(',', channels))));
        return Boards.Recording.Read(reader);
    }

    /// <summary>A signal whose first channel counts the milliseconds, in units of <paramref name="step"/>; the others are 0.</summary>
    public static GeneratedSignal Milliseconds(IReadOnlyList<string> channels, float step, double seconds)
    {
        return new GeneratedSignal(channels, (time, values) => values[0] = (float)time.TotalMilliseconds * step, TimeSpan.FromSeconds(seconds));
    }
}
