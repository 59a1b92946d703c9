using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Device.Configuration;

namespace EdgeQuant.Device;

/// <summary>A simulated board whose sensor plays a recording, and whose clock keeps pace with the real one.</summary>
internal sealed class SimulatedBoard
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Connects the sensor.</summary>
    /// <param name="sensor">The sensor, with its rate.</param>
    /// <param name="simulation">What it plays.</param>
    /// <exception cref="RecordingException">The recording is damaged.</exception>
    /// <exception cref="SensorException">The sensor cannot be as its settings say.</exception>
    public SimulatedBoard(SensorSettings sensor, SimulationSettings simulation)
    {
        Recording recording = Recording.Load(simulation.Recording);
        int rate = sensor.SampleRate!.Value;
        Connections.Connect(sensor, simulation.Repeat ? Repeated(recording, rate) : new RecordingSignal(recording, rate), simulation.Faults);
    }

    /// <summary>Its buses and pins.</summary>
    public SimulatedConnections Connections { get; } = new(new VirtualTime(TimeProvider.System.GetUtcNow()));

    /// <summary>Waits until the real time is as late as the board's.</summary>
    public void KeepPace(CancellationToken cancellation)
    {
        TimeSpan ahead = Connections.Clock.Elapsed - Stopwatch.GetElapsedTime(_start);
        if (ahead > TimeSpan.Zero)
        {
            cancellation.WaitHandle.WaitOne(ahead);
        }
    }

    private static GeneratedSignal Repeated(Recording recording, int rate)
    {
        double samplesPerSecond = rate / 1000.0;
        return new GeneratedSignal(recording.Channels, (time, values) => recording[(int)((long)Math.Round(time.TotalSeconds * samplesPerSecond) % recording.Length)].CopyTo(values));
    }
}
