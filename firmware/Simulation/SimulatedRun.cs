using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// Plays a recording to a model: a simulated board has a sensor that measures what the recording holds, and the loop that runs on
/// devices reads it. The board's time is virtual, so that nobody waits unless a speed is asked for; latencies are this machine's.
/// </summary>
public sealed class SimulatedRun : IDisposable
{
    private const double RateTolerance = 0.01;
    private const int FewestWarmUpDecisions = 3;
    private const int MostWarmUpDecisions = 200;
    private const int WarmUpPiece = 1000;
    private const int MostWarmUpSamples = 1_000_000;

    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(0.25);

    /// <summary>How much longer than the recording a board runs whose sensor is gone.</summary>
    private static readonly TimeSpan s_afterTheEnd = TimeSpan.FromSeconds(10);

    private readonly ModelSlot _model;
    private readonly Pipeline _pipeline;
    private readonly SensorSettings _settings;
    private readonly SimulatedConnections _board = new();
    private readonly TimeSpan _longest;
    private readonly List<ScaledSensor> _sensors = [];
    private DecisionCounter? _counter;

    /// <summary>Sets the board up.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="recording">What the sensor measures, in the units of its channels: a column for each, found by its name.</param>
    /// <param name="settings">How it is played.</param>
    /// <exception cref="ModelRefusedException">The file is no model with a front end, or fails its self-test here.</exception>
    /// <exception cref="SimulationException">The recording or the sensor does not give what the model takes.</exception>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public SimulatedRun(string model, Recording recording, SimulationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(settings);
        _model = new ModelSlot(model, ModelRequirements.None with { Weights = settings.Weights, Threads = settings.Threads }, _board.Time);
        _pipeline = _model.Pipeline;
        _settings = SensorChoice.SettingsFor(_pipeline, settings.Sensor ?? SensorChoice.SensorFor(_pipeline)) with { Range = settings.Range, RotationRange = settings.RotationRange };
        RequireColumns(recording);
        int rate = settings.RecordingRate ?? _pipeline.SampleRate;
        RequireRate(rate);
        _board.Connect(_settings, new RecordingSignal(recording, rate), settings.Faults);
        Length = TimeSpan.FromSeconds(recording.Length * 1000.0 / rate);
        _longest = Length + s_afterTheEnd;
        Speed = settings.Speed;
    }

    /// <summary>What makes decisions of samples. It belongs to the simulation's thread.</summary>
    public Pipeline Pipeline => _pipeline;

    /// <summary>How long the recording is.</summary>
    public TimeSpan Length { get; }

    /// <summary>The model's labels.</summary>
    public IReadOnlyList<string> Labels => _model.Model.Labels;

    /// <summary>When the board's clock started.</summary>
    public DateTimeOffset Start => _board.Clock.Start;

    /// <summary>From one decision to the next: a decision that takes longer misses its deadline.</summary>
    public TimeSpan Deadline => TimeSpan.FromSeconds(_pipeline.SamplesPerDecision * 1000.0 / _pipeline.SampleRate);

    /// <summary>How many times as fast as real time it is played; null: as fast as the machine can.</summary>
    public double? Speed { get; }

    /// <summary>How far the board's clock has come since <see cref="Start"/>.</summary>
    public TimeSpan Elapsed => _board.Clock.Elapsed;

    /// <summary>Decisions so far.</summary>
    public int Decisions => _counter?.Decisions ?? 0;

    /// <summary>Decisions so far that missed their deadline.</summary>
    public int MissedDeadlines => _counter?.Late ?? 0;

    /// <summary>Bytes that were allocated so far from one decision to the next, where nothing else was reported between.</summary>
    public long AllocatedBytes => _counter?.AllocatedBytes ?? 0;

    /// <summary>Samples that were lost so far.</summary>
    public long Lost
    {
        get
        {
            long lost = 0;
            for (int i = 0; i < _sensors.Count; i++)
            {
                lost += _sensors[i].Lost;
            }

            return lost;
        }
    }

    /// <summary>Plays the recording; once.</summary>
    /// <param name="sinks">Get what happens, as it happens.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="observer">Sees the sensor's samples; null: nobody does.</param>
    /// <exception cref="SensorException">The sensor cannot do what the model takes, or is not there from the start.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SimulationSummary Run(IReadOnlyList<IDecisionSink> sinks, CancellationToken cancellation, ISampleObserver? observer = null)
    {
        WarmUp();
        DecisionCounter counter = new(sinks, Labels, Deadline);
        _counter = counter;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        WaitHandle ended = over.Token.WaitHandle;

        // A collection that loading began in the background would take this thread's buffer away, and count what is left in it, while the loop runs.
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        DeviceLoopOptions options = new()
        {
            Heartbeat = TimeSpan.Zero,
            Ended = () => _board.SignalEnded,
            Alive = () =>
            {
                EndLongAfter(over);
                KeepPace(_board.Clock.Elapsed, Stopwatch.GetElapsedTime(start), ended);
            },
        };
        new DeviceLoop(() => Open(observer), _model, [counter], _board.Time, options).Run(over.Token);
        cancellation.ThrowIfCancellationRequested();
        SensorDescription sensor = _sensors[^1].Description;
        return new SimulationSummary(
            sensor.Name,
            sensor.SampleRate / 1000.0,
            [.. sensor.Channels.Select(channel => channel.Name)],
            _board.Clock.Elapsed.TotalSeconds,
            _sensors.Sum(opened => opened.Samples),
            Lost,
            counter.Decisions,
            counter.Counts(),
            counter.MeanLatency.TotalMicroseconds,
            counter.LongestLatency.TotalMicroseconds,
            Deadline.TotalMicroseconds,
            counter.Late,
            counter.AllocatedBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Dispose();
    }

    private ScaledSensor Open(ISampleObserver? observer)
    {
        _sensors.Add(new ScaledSensor(SensorCatalog.Open(_settings, _board), _pipeline, observer));
        return _sensors[^1];
    }

    /// <summary>Waits where the board's clock is ahead of this machine's.</summary>
    private void KeepPace(TimeSpan board, TimeSpan machine, WaitHandle ended)
    {
        if (Speed is { } speed && board / speed > machine)
        {
            ended.WaitOne((board / speed) - machine);
        }
    }

    /// <summary>A sensor that never returns does not end the signal.</summary>
    private void EndLongAfter(CancellationTokenSource over)
    {
        if (_board.Clock.Elapsed > _longest)
        {
            over.Cancel();
        }
    }

    /// <summary>The first inferences on a desktop compile the code, and what runs often once more.</summary>
    private void WarmUp()
    {
        short[] samples = new short[_pipeline.Channels * WarmUpPiece];
        long start = Stopwatch.GetTimestamp();
        int decisions = 0;
        for (int taken = 0; taken < MostWarmUpSamples && !IsWarm(decisions, Stopwatch.GetElapsedTime(start));)
        {
            taken += _pipeline.Push(samples);
            decisions += _pipeline.Decided ? 1 : 0;
        }

        _pipeline.Reset();
    }

    private static bool IsWarm(int decisions, TimeSpan elapsed)
    {
        return decisions >= FewestWarmUpDecisions && (decisions >= MostWarmUpDecisions || elapsed >= s_longestWarmUp);
    }

    private void RequireColumns(Recording recording)
    {
        string[] missing = [.. _settings.Channels!.Except(recording.Channels, StringComparer.OrdinalIgnoreCase)];
        if (missing.Length > 0)
        {
            throw new SimulationException(
                $"The recording has no column {string.Join(", ", missing)}, only {string.Join(", ", recording.Channels)}. The model takes {string.Join(", ", _settings.Channels!)} of the sensor {_settings.Sensor}: name the columns so in its first line, or take another sensor.");
        }
    }

    private void RequireRate(int rate)
    {
        if (Math.Abs(rate - (double)_pipeline.SampleRate) > _pipeline.SampleRate * RateTolerance)
        {
            throw new SimulationException(
                $"The recording has {SensorChoice.Hertz(rate)} samples a second, and the model's front end takes {SensorChoice.Hertz(_pipeline.SampleRate)}. Resample the recording, or train the model and convert it with a front end of that rate.");
        }
    }
}
