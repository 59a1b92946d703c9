using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeQuant.Boards;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Firmware.Sinks;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// A simulation as messages for pages, each a JSON object (README.md says what is in them): what the sensor gives, what the network reads, what it
/// scores and decides, how long each operator takes, what else happens. Nobody who reads them can delay the simulation.
/// </summary>
public sealed class LiveSimulation : IDecisionSink, ISampleObserver
{
    /// <summary>The bytes of messages that are kept: half an hour of an accelerometer.</summary>
    private const int HistoryBytes = 8 * 1024 * 1024;
    private const int BufferBytes = 64 * 1024;
    private const int RunBytes = 4;
    private const double FullScore = 32768;

    /// <summary>How long samples wait for others before they are a message, in seconds of the board.</summary>
    private const double LongestWait = 0.1;

    private readonly SimulatedRun _run;
    private readonly LiveModel _model;
    private readonly FeatureFrames _features;
    private readonly OperatorClock _network;
    private readonly OperatorClock? _frontEnd;
    private readonly ArrayBufferWriter<byte> _buffer = new(BufferBytes);
    private readonly Utf8JsonWriter _json;
    private SignalPoints? _signal;
    private long _samplesBefore;
    private volatile byte[]? _start;
    private volatile bool _over;

    /// <summary>Looks on at a simulation that has not started yet.</summary>
    /// <param name="run">The simulation; give it this as a sink and as the observer of its samples.</param>
    /// <param name="model">What its model is called, and its operators.</param>
    public LiveSimulation(SimulatedRun run, LiveModel model)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(model);
        _run = run;
        _model = model;
        _json = new Utf8JsonWriter(_buffer);
        _features = new FeatureFrames(run.Pipeline);
        _network = new OperatorClock(run.Pipeline.Network, _features.Take);
        run.Pipeline.Network.Watch = _network;
        if (run.Pipeline.FrontEnd is { } frontEnd)
        {
            _frontEnd = new OperatorClock(frontEnd);
            frontEnd.Watch = _frontEnd;
        }
    }

    /// <summary>Tells this run from others on the same port.</summary>
    internal string Run { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RunBytes));

    /// <summary>The message that every page gets first; null: the sensor is not open yet.</summary>
    internal byte[]? Start => _start;

    /// <summary>All other messages.</summary>
    internal MessageHistory History { get; } = new(HistoryBytes);

    /// <summary>Whether the last message is there.</summary>
    internal bool IsOver => _over;

    /// <inheritdoc/>
    public void Opened(SensorDescription sensor)
    {
        if (_start is not null)
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(sensor);
        _signal = new SignalPoints(sensor);
        Begin("start"u8);
        WriteStart(sensor);
        _json.WriteEndObject();
        _json.Flush();
        _network.Clear();
        _frontEnd?.Clear();
        _start = _buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<short> samples)
    {
        int count = samples.Length / _signal!.Channels;
        double period = 1000.0 / _run.Pipeline.SampleRate;
        double now = _run.Elapsed.TotalSeconds;
        for (int i = 0; i < count; i++)
        {
            double time = now - ((count - 1 - i) * period);
            if (_signal.MustBeWritten(time))
            {
                WriteSamples();
            }

            _signal.Add(samples.Slice(i * _signal.Channels, _signal.Channels), time);
        }

        if (now - _signal.Time >= LongestWait)
        {
            WriteSamples();
        }
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        WriteSamples();
        Begin("decision"u8);
        WriteTime(decision.Time);
        _json.WriteString("label"u8, decision.LabelText);
        _json.WriteNumber("class"u8, decision.Label);
        _json.WriteNumber("score"u8, Math.Round(decision.Score, 4));
        _json.WriteBoolean("raised"u8, decision.Raised);
        _json.WriteNumber("latency"u8, Math.Round(decision.Latency.TotalMicroseconds, 1));
        _json.WriteStartArray("scores"u8);
        for (int i = 0; i < _run.Pipeline.LabelCount; i++)
        {
            _json.WriteNumberValue(Math.Round(_run.Pipeline.Score(i) / FullScore, 4));
        }

        _json.WriteEndArray();
        WriteOperators();
        WriteFeatures(_features.New(decision.Sample - _samplesBefore));
        _samplesBefore = decision.Sample;
        WriteCounts();
        End();
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        WriteSamples();
        Begin("event"u8);
        WriteTime(happening.Time);
        _json.WriteString("kind"u8, EntryJson.NameOf(happening.Kind));
        _json.WriteString("message"u8, happening.Message);
        WriteCounts();
        End();
    }

    /// <summary>Says that the recording is over.</summary>
    /// <param name="summary">What came of it.</param>
    public void End(SimulationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        WriteSamples();
        Begin("end"u8);
        _json.WriteNumber("time"u8, Math.Round(summary.Seconds, 4));
        _json.WriteNumber("samples"u8, summary.Samples);
        _json.WriteNumber("meanLatency"u8, Math.Round(summary.MeanLatency, 1));
        _json.WriteNumber("longestLatency"u8, Math.Round(summary.LongestLatency, 1));
        WriteCounts();
        End();
        _over = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync().ConfigureAwait(false);
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        History.Add(_buffer.WrittenSpan);
    }

    private void WriteTime(DateTimeOffset time)
    {
        _json.WriteNumber("time"u8, Math.Round((time - _run.Start).TotalSeconds, 4));
    }

    private void WriteStart(SensorDescription sensor)
    {
        _json.WriteString("run"u8, Run);
        _json.WriteString("model"u8, _model.Name);
        _json.WriteNumber("length"u8, Math.Round(_run.Length.TotalSeconds, 4));
        if (_run.Speed is { } speed)
        {
            _json.WriteNumber("speed"u8, speed);
        }

        _json.WriteNumber("deadline"u8, Math.Round(_run.Deadline.TotalMicroseconds, 1));
        _json.WriteString("sensor"u8, sensor.Name);
        _json.WriteNumber("rate"u8, sensor.SampleRate / 1000.0);
        _json.WriteStartArray("channels"u8);
        foreach (SensorChannel channel in sensor.Channels)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, channel.Name);
            _json.WriteString("unit"u8, channel.Unit);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("labels"u8);
        foreach (string label in _run.Labels)
        {
            _json.WriteStringValue(label);
        }

        _json.WriteEndArray();
        _json.WriteStartObject("features"u8);
        _json.WriteNumber("rows"u8, _features.Rows);
        _json.WriteNumber("group"u8, _features.Group);
        _json.WriteNumber("step"u8, Math.Round(_features.Step, 6));
        _json.WriteNumber("scale"u8, _features.Scale);
        _json.WriteNumber("zeroPoint"u8, _features.ZeroPoint);
        _json.WriteEndObject();
        WriteOperatorNames("frontEnd"u8, _model.FrontEnd);
        WriteOperatorNames("network"u8, _model.Network);
    }

    private void WriteOperatorNames(ReadOnlySpan<byte> name, IReadOnlyList<LiveOperator> operators)
    {
        _json.WriteStartArray(name);
        foreach (LiveOperator op in operators)
        {
            _json.WriteStartObject();
            _json.WriteString("name"u8, op.Name);
            _json.WriteString("output"u8, op.Output);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteSamples()
    {
        if (_signal is not { Count: > 0 } signal)
        {
            return;
        }

        Begin("samples"u8);
        _json.WriteNumber("time"u8, Math.Round(signal.Time, 4));
        _json.WriteNumber("step"u8, Math.Round(signal.Step, 6));
        _json.WriteStartArray("values"u8);
        for (int channel = 0; channel < signal.Channels; channel++)
        {
            _json.WriteStartArray();
            for (int point = 0; point < signal.Count; point++)
            {
                _json.WriteNumberValue(signal[point, channel]);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        signal.Clear();
        End();
    }

    private void WriteOperators()
    {
        WriteOperators("frontEnd"u8, _frontEnd);
        WriteOperators("network"u8, _network);
    }

    private void WriteOperators(ReadOnlySpan<byte> name, OperatorClock? clock)
    {
        _json.WriteStartArray(name);
        for (int i = 0; i < clock?.Count; i++)
        {
            _json.WriteNumberValue(Math.Round(clock.Microseconds(i), 2));
        }

        _json.WriteEndArray();
        clock?.Clear();
    }

    private void WriteFeatures(int frames)
    {
        _json.WriteStartArray("features"u8);
        for (int frame = frames; frame > 0; frame--)
        {
            _json.WriteStartArray();
            for (int row = 0; row < _features.Rows; row++)
            {
                _json.WriteNumberValue(_features.Value(frame, row));
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void WriteCounts()
    {
        _json.WriteStartObject("counts"u8);
        _json.WriteNumber("decisions"u8, _run.Decisions);
        _json.WriteNumber("missedDeadlines"u8, _run.MissedDeadlines);
        _json.WriteNumber("lost"u8, _run.Lost);
        _json.WriteNumber("allocatedBytes"u8, _run.AllocatedBytes);
        _json.WriteEndObject();
    }
}
