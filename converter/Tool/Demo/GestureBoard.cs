using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Converter.Report;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Simulation;

namespace EdgeQuant.Tool.Demo;

/// <summary>
/// Runs the model on a simulated board: an MPU-6050 on its bus measures the recording, and is read through its registers by the code that
/// reads a real one. Compares what is recognised with what was made.
/// </summary>
/// <param name="recording">What was made.</param>
internal sealed class GestureBoard(GestureRecording recording) : IDecisionSink
{
    /// <summary>The sensor, as the catalog names it.</summary>
    public const string Sensor = "mpu6050";

    /// <summary>So long after its end a gesture may still be recognised.</summary>
    private const double LongestDelay = 1;

    private static readonly SimulationSettings s_settings = new() { Sensor = Sensor, Range = 4 };

    private readonly List<RecognizedGesture> _events = [];
    private readonly List<long> _latencies = [];
    private readonly HashSet<Performance> _recognized = [];

    /// <summary>Plays a recording to the model.</summary>
    /// <param name="model">The <c>.eqm</c> file's path.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="cancellation">Ends it between two reads.</param>
    /// <exception cref="SensorException">The sensor cannot be read.</exception>
    public static GestureRun Run(string model, GestureRecording recording, CancellationToken cancellation)
    {
        using StringReader csv = new(recording.ToCsv());
        using SimulatedRun run = new(model, Recording.Read(csv), s_settings);
        GestureBoard board = new(recording);
        SimulationSummary summary = run.Run([board], cancellation);
        return new GestureRun(
            summary.Sensor,
            summary.SampleRate,
            recording.Seconds,
            summary.Samples,
            summary.Lost,
            summary.Decisions,
            board._events,
            recording.Performances.Count,
            board._recognized.Count,
            board._events.Count(made => made.Label != made.Made),
            Timing.Of([.. board._latencies], 0),
            summary.AllocatedBytes);
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        _latencies.Add((long)(decision.Latency.TotalSeconds * Stopwatch.Frequency));
        if (!decision.Raised)
        {
            return;
        }

        double seconds = Seconds(decision.Sample);
        long sample = decision.Sample;
        Performance? made = recording.Performances.FirstOrDefault(made => sample > made.Start && seconds <= Seconds(made.End) + LongestDelay);
        string? gesture = made is null ? null : GestureNetwork.Labels[(int)made.Gesture];
        if (decision.LabelText == gesture)
        {
            _recognized.Add(made!);
        }

        _events.Add(new RecognizedGesture(seconds, decision.LabelText, decision.Score, gesture, made is null ? null : seconds - Seconds(made.End), decision.Latency.TotalNanoseconds));
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        // Nothing goes wrong with this sensor.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }

    private static double Seconds(long sample)
    {
        return (double)sample / Accelerometer.SampleRate;
    }
}
