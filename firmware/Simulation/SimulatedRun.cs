using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// Plays a recording to a model: a simulated board has a sensor that measures what the recording holds, and the loop that runs on
/// devices reads it. The board's time is virtual, so that nobody waits; latencies are this machine's.
/// </summary>
public sealed class SimulatedRun : IDisposable
{
    private const double RateTolerance = 0.01;
    private const int WarmUpDecisions = 3;
    private const int WarmUpPiece = 1000;
    private const int MostWarmUpSamples = 1_000_000;

    /// <summary>How much longer than the recording a board runs whose sensor is gone.</summary>
    private static readonly TimeSpan s_afterTheEnd = TimeSpan.FromSeconds(10);

    private readonly ModelSlot _model;
    private readonly Pipeline _pipeline;
    private readonly SensorSettings _settings;
    private readonly SimulatedConnections _board = new();
    private readonly TimeSpan _longest;

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
        _model = new ModelSlot(model, ModelRequirements.None, _board.Time);
        _pipeline = _model.Pipeline;
        _settings = SensorChoice.SettingsFor(_pipeline, settings.Sensor ?? SensorChoice.SensorFor(_pipeline));
        RequireColumns(recording);
        int rate = settings.RecordingRate ?? _pipeline.SampleRate;
        RequireRate(rate);
        _board.Connect(_settings, new RecordingSignal(recording, rate), settings.Faults);
        _longest = TimeSpan.FromSeconds(recording.Length * 1000.0 / rate) + s_afterTheEnd;
    }

    /// <summary>The model's labels.</summary>
    public IReadOnlyList<string> Labels => _model.Model.Labels;

    /// <summary>When the board's clock started.</summary>
    public DateTimeOffset Start => _board.Clock.Start;

    /// <summary>From one decision to the next: a decision that takes longer misses its deadline.</summary>
    public TimeSpan Deadline => TimeSpan.FromSeconds(_pipeline.SamplesPerDecision * 1000.0 / _pipeline.SampleRate);

    /// <summary>Plays the recording once.</summary>
    /// <param name="sink">Gets what happens, as it happens.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="SensorException">The sensor cannot do what the model takes, or is not there from the start.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SimulationSummary Run(IDecisionSink sink, CancellationToken cancellation)
    {
        WarmUp();
        List<ScaledSensor> sensors = [];
        DecisionCounter counter = new(sink, Labels, Deadline);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        DeviceLoopOptions options = new() { Heartbeat = TimeSpan.Zero, Ended = () => _board.SignalEnded, Alive = () => EndLongAfter(over) };
        new DeviceLoop(() => Open(sensors), _model, [counter], _board.Time, options).Run(over.Token);
        cancellation.ThrowIfCancellationRequested();
        SensorDescription sensor = sensors[^1].Description;
        return new SimulationSummary(
            sensor.Name,
            sensor.SampleRate / 1000.0,
            [.. sensor.Channels.Select(channel => channel.Name)],
            _board.Clock.Elapsed.TotalSeconds,
            sensors.Sum(opened => opened.Samples),
            sensors.Sum(opened => opened.Lost),
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

    private ScaledSensor Open(List<ScaledSensor> sensors)
    {
        sensors.Add(new ScaledSensor(SensorCatalog.Open(_settings, _board), _pipeline, () => _board.SignalEnded));
        return sensors[^1];
    }

    /// <summary>A sensor that never returns does not end the signal.</summary>
    private void EndLongAfter(CancellationTokenSource over)
    {
        if (_board.Clock.Elapsed > _longest)
        {
            over.Cancel();
        }
    }

    /// <summary>The first inferences on a desktop compile the code.</summary>
    private void WarmUp()
    {
        short[] samples = new short[_pipeline.Channels * WarmUpPiece];
        int decisions = 0;
        for (int taken = 0; taken < MostWarmUpSamples && decisions < WarmUpDecisions;)
        {
            taken += _pipeline.Push(samples);
            decisions += _pipeline.Decided ? 1 : 0;
        }

        _pipeline.Reset();
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
