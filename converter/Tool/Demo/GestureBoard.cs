using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime;

namespace EdgeQuant.Tool.Demo;

/// <summary>
/// Runs the model on a simulated board: an MPU-6050 on its bus measures the recording, and is read through its registers by the code that
/// reads a real one.
/// </summary>
internal sealed class GestureBoard
{
    private const int WarmUpDecisions = 200;
    private const double FullScore = 32768;

    /// <summary>So long after its end a gesture may still be recognised.</summary>
    private const double LongestDelay = 1;

    private static readonly SensorSettings s_sensor = new()
    {
        Sensor = "mpu6050",
        SampleRate = Accelerometer.SampleRate * 1000,
        Range = 4,
        Channels = ["aX", "aY", "aZ"],
    };

    private readonly Pipeline _pipeline;
    private readonly GestureRecording _recording;
    private readonly List<RecognizedGesture> _events = [];
    private readonly List<long> _ticks = [];
    private readonly HashSet<Performance> _recognized = [];
    private long _allocated;

    private GestureBoard(Pipeline pipeline, GestureRecording recording)
    {
        _pipeline = pipeline;
        _recording = recording;
    }

    /// <summary>Plays a recording to the model.</summary>
    /// <param name="file">The <c>.eqm</c> file.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="cancellation">Ends it between two reads.</param>
    /// <exception cref="SensorException">The sensor cannot be read.</exception>
    public static GestureRun Run(byte[] file, GestureRecording recording, CancellationToken cancellation)
    {
        Pipeline pipeline = Pipeline.Load(file);
        WarmUp(pipeline);
        return new GestureBoard(pipeline, recording).Run(cancellation);
    }

    /// <summary>.NET compiles what runs often once more; a device has that behind it when a person comes.</summary>
    private static void WarmUp(Pipeline pipeline)
    {
        short[] sample = new short[pipeline.Channels];
        for (int decisions = 0; decisions < WarmUpDecisions; decisions += pipeline.Decided ? 1 : 0)
        {
            pipeline.Push(sample);
        }

        pipeline.Reset();
    }

    private GestureRun Run(CancellationToken cancellation)
    {
        using SimulatedConnections board = new();
        using StringReader csv = new(_recording.ToCsv());
        board.Connect(s_sensor, new RecordingSignal(Recording.Read(csv), Accelerometer.SampleRate * 1000));
        using ISensor sensor = SensorCatalog.Open(s_sensor, board);
        short[] samples = new short[_pipeline.SamplesPerDecision * _pipeline.Channels];
        long read = 0;
        while (!board.SignalEnded)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = sensor.Read(samples, TimeSpan.FromSeconds(1));
            Take(samples.AsSpan(0, count * _pipeline.Channels));
            read += count;
        }

        return new GestureRun(
            sensor.Description.Name,
            sensor.Description.SampleRate / 1000.0,
            _recording.Seconds,
            read,
            sensor.Lost,
            _ticks.Count,
            _events,
            _recording.Performances.Count,
            _recognized.Count,
            _events.Count(made => made.Label != made.Made),
            Timing.Of([.. _ticks], 0),
            _allocated);
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        while (!samples.IsEmpty)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            int taken = _pipeline.Push(samples);
            long ticks = Stopwatch.GetTimestamp() - start;
            _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            samples = samples[(taken * _pipeline.Channels)..];
            if (_pipeline.Decided)
            {
                _ticks.Add(ticks);
                Look(_pipeline.Decision, Stopwatch.GetElapsedTime(0, ticks).TotalNanoseconds);
            }
        }
    }

    private void Look(Decision decision, double nanoseconds)
    {
        if (!decision.Raised)
        {
            return;
        }

        double seconds = (double)decision.Samples / Accelerometer.SampleRate;
        string label = _pipeline.Label(decision.Label);
        Performance? made = _recording.Performances.FirstOrDefault(made => decision.Samples > made.Start && seconds <= Seconds(made.End) + LongestDelay);
        string? gesture = made is null ? null : GestureNetwork.Labels[(int)made.Gesture];
        if (label == gesture)
        {
            _recognized.Add(made!);
        }

        _events.Add(new RecognizedGesture(seconds, label, decision.Score / FullScore, gesture, made is null ? null : seconds - Seconds(made.End), nanoseconds));
    }

    private static double Seconds(int sample)
    {
        return (double)sample / Accelerometer.SampleRate;
    }
}
