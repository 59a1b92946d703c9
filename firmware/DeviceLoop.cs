using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Monitoring;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware;

/// <summary>
/// What a device does all day: reads the sensor, gives its samples to the model where they can be believed, and hands on what it decides. A
/// sensor that disappears is opened again until it is back. Once it runs, a sample costs no allocation. Runs on one thread.
/// </summary>
public sealed class DeviceLoop
{
    private readonly Func<ISensor> _openSensor;
    private readonly ModelSlot _model;
    private readonly IReadOnlyList<IDecisionSink> _sinks;
    private readonly SampleMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly TimeProvider _latencyClock;
    private readonly DeviceLoopOptions _options;
    private readonly long _start;
    private ISensor? _sensor;
    private short[] _buffer = [];
    private int _channels;
    private long _lost;
    private bool _gap;
    private ArrivalState _arrival;
    private SampleState _state;
    private TimeSpan _lastHeartbeat;
    private long _decisionsAtHeartbeat;

    /// <summary>Makes a loop; <see cref="Run"/> starts it.</summary>
    /// <param name="openSensor">Opens the sensor, at the start and after each time that it was gone.</param>
    /// <param name="model">The model.</param>
    /// <param name="sinks">Where decisions go to. They are not disposed of.</param>
    /// <param name="monitor">Decides whether samples may be classified.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How to go about it; null: as usual.</param>
    public DeviceLoop(Func<ISensor> openSensor, ModelSlot model, IReadOnlyList<IDecisionSink> sinks, SampleMonitor monitor, TimeProvider time, DeviceLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(openSensor);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sinks);
        ArgumentNullException.ThrowIfNull(monitor);
        ArgumentNullException.ThrowIfNull(time);
        _openSensor = openSensor;
        _model = model;
        _sinks = sinks;
        _monitor = monitor;
        _time = time;
        _options = options ?? new DeviceLoopOptions();
        _latencyClock = _options.LatencyClock ?? time;
        _start = time.GetTimestamp();
    }

    /// <summary>Decisions made so far.</summary>
    public long Decisions { get; private set; }

    /// <summary>Samples read so far.</summary>
    public long Samples { get; private set; }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Runs until it is cancelled, or the recording that a simulated sensor plays is over.</summary>
    /// <exception cref="SensorException">The sensor cannot be opened when the loop starts. Later it is tried again.</exception>
    /// <exception cref="ModelRefusedException">The sensor does not give what the model takes.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            Open();
            Report(DeviceEventKind.Started, $"{_sensor!.Description.Name} at {_sensor.Description.SampleRate / 1000.0:0.###} Hz, model {_model.Model.ShortName}: {string.Join(", ", _model.Model.Labels)}.");
            _lastHeartbeat = Now;
            while (!cancellation.IsCancellationRequested && (_sensor is not null || Reopen(cancellation)))
            {
                if (!Step())
                {
                    break;
                }
            }

            Report(DeviceEventKind.Stopped, $"Stopped after {Decisions} decisions.");
        }
        finally
        {
            _sensor?.Dispose();
            _sensor = null;
        }
    }

    private void Open()
    {
        ISensor sensor = _openSensor();
        try
        {
            SensorModelCheck.Check(sensor.Description, _model.Pipeline);
        }
        catch
        {
            sensor.Dispose();
            throw;
        }

        _sensor = sensor;
        _channels = sensor.Description.Channels.Count;
        int capacity = Math.Max(16, (int)(sensor.Description.SampleRate / 1000.0 * _options.Patience.TotalSeconds));
        _buffer = new short[capacity * _channels];
        _lost = sensor.Lost;
        _gap = true;
        _monitor.Start(sensor.Description, Now);
        _arrival = ArrivalState.InTime;
        _state = SampleState.Good;
    }

    /// <summary>Reads once, and does everything that is due.</summary>
    /// <returns>Whether there may be more samples.</returns>
    private bool Step()
    {
        ISensor sensor = _sensor!;
        int count;
        long lost;
        try
        {
            count = sensor.Read(_buffer, _options.Patience);
            lost = sensor.Lost;
        }
        catch (Exception exception) when (SensorTrouble.Is(exception))
        {
            if (_options.Ended?.Invoke() == true)
            {
                return false;
            }

            Close(SensorTrouble.Describe(exception));
            return true;
        }

        long arrived = _latencyClock.GetTimestamp();
        if (count == 0 && _options.Ended?.Invoke() == true)
        {
            return false;
        }

        if (lost != _lost)
        {
            ReportLost(lost - _lost);
            _lost = lost;
        }

        NoteArrival(count);
        if (count > 0)
        {
            Samples += count;
            Take(_buffer.AsSpan(0, count * _channels), arrived);
        }

        LookAfterTheRest();
        return true;
    }

    private void LookAfterTheRest()
    {
        SwapModel();
        _options.Alive?.Invoke();
        TimeSpan now = Now;
        if (_options.Heartbeat > TimeSpan.Zero && now - _lastHeartbeat >= _options.Heartbeat)
        {
            long decisions = Decisions - _decisionsAtHeartbeat;
            Report(DeviceEventKind.Running, $"{decisions} decisions in {(now - _lastHeartbeat).TotalSeconds:0} s.", decisions);
            _lastHeartbeat = now;
            _decisionsAtHeartbeat = Decisions;
        }
    }

    private void Take(ReadOnlySpan<short> samples, long arrived)
    {
        _options.Observer?.OnSamples(samples);
        while (samples.Length > 0)
        {
            int count = _monitor.Examine(samples) * _channels;
            if (_monitor.State != _state)
            {
                ReportState();
            }

            if (_state != SampleState.Good || _arrival == ArrivalState.WrongRate)
            {
                _gap = true;
            }
            else
            {
                Classify(samples[..count], arrived);
            }

            samples = samples[count..];
        }
    }

    private void Classify(ReadOnlySpan<short> samples, long arrived)
    {
        while (samples.Length > 0)
        {
            Pipeline pipeline = _model.Pipeline;
            if (_gap)
            {
                pipeline.Gap();
                _gap = false;
            }

            samples = samples[(pipeline.Push(samples) * _channels)..];
            if (pipeline.Decided)
            {
                Emit(pipeline, arrived);
                SwapModel();
            }
        }
    }

    private void Emit(Pipeline pipeline, long arrived)
    {
        Decisions++;
        Decision decision = pipeline.Decision;
        DecisionRecord record = new(
            _time.GetUtcNow(),
            decision.Label,
            decision.Label < 0 ? DecisionRecord.UnknownText : _model.Model.Labels[decision.Label],
            decision.Score / 32768f,
            decision.Raised,
            _latencyClock.GetElapsedTime(arrived),
            decision.Samples);
        _options.Observer?.OnDecision(record, pipeline);
        for (int i = 0; i < _sinks.Count; i++)
        {
            _sinks[i].Emit(record);
        }
    }

    private void SwapModel()
    {
        if (!_model.HasNews)
        {
            return;
        }

        while (_model.Swap() is { } happening)
        {
            Report(happening);
        }
    }

    private void NoteArrival(int count)
    {
        ArrivalState before = _arrival;
        _arrival = _monitor.Arrived(count, Now);
        if (_arrival == before)
        {
            return;
        }

        switch (_arrival)
        {
            case ArrivalState.Late:
                _gap = true;
                Report(DeviceEventKind.SamplesLate, count > 0
                    ? $"{_sensor!.Description.Name}: samples came late, after more than {_monitor.LateAfter.TotalSeconds:0.###} s; what the model had heard before is forgotten."
                    : $"{_sensor!.Description.Name}: no sample for {_monitor.LateAfter.TotalSeconds:0.###} s.");
                break;
            case ArrivalState.Missing:
                Close($"{_sensor!.Description.Name} gives no samples any more. It is opened again.");
                break;
            case ArrivalState.WrongRate:
                Report(DeviceEventKind.SamplesLate, $"{_sensor!.Description.Name}: samples come at {_monitor.MeasuredRate:0.##} Hz instead of {_sensor.Description.SampleRate / 1000.0:0.##} Hz; they are not classified.");
                break;
            default:
                Report(DeviceEventKind.SamplesGood, $"{_sensor!.Description.Name}: samples come in time again.");
                break;
        }
    }

    private void ReportState()
    {
        _state = _monitor.State;
        SensorDescription sensor = _sensor!.Description;
        string channel = sensor.Channels[_monitor.Channel].Name;
        switch (_state)
        {
            case SampleState.Stuck:
                Report(DeviceEventKind.SamplesStuck, $"{sensor.Name}: channel {channel} gives the same value all the time; samples are not classified until it changes. Look at the wiring.", channel: channel);
                break;
            case SampleState.Saturated:
                Report(DeviceEventKind.SamplesSaturated, $"{sensor.Name}: channel {channel} stays at the end of its range; samples are not classified until it leaves it. A larger range helps if this happens in use.", channel: channel);
                break;
            default:
                Report(DeviceEventKind.SamplesGood, $"{sensor.Name}: samples are good again.");
                break;
        }
    }

    private void ReportLost(long count)
    {
        _gap = true;
        _monitor.Lost(Now);
        Report(DeviceEventKind.SamplesLost, $"{_sensor!.Description.Name}: {count} samples were lost; what the model had heard before is forgotten.", count);
    }

    /// <summary>Closes a sensor that is gone.</summary>
    private void Close(string why)
    {
        Report(DeviceEventKind.SensorGone, why);
        DisposeSensor();
    }

    private void DisposeSensor()
    {
        try
        {
            _sensor?.Dispose();
        }
        catch (Exception exception) when (SensorTrouble.Is(exception))
        {
            // It is gone: it need not say good-bye.
        }

        _sensor = null;
    }

    /// <summary>Tries to open the sensor until that succeeds.</summary>
    /// <returns>Whether it did; false: cancelled.</returns>
    private bool Reopen(CancellationToken cancellation)
    {
        TimeSpan gone = Now;
        TimeSpan wait = _options.FirstRetry;
        string? reported = null;
        while (Wait(wait, cancellation))
        {
            try
            {
                Open();
                Report(DeviceEventKind.SensorBack, $"{_sensor!.Description.Name} is back after {(Now - gone).TotalSeconds:0.#} s.");
                return true;
            }
            catch (Exception exception) when (SensorTrouble.Is(exception) || exception is ModelRefusedException)
            {
                string trouble = SensorTrouble.Describe(exception);
                if (trouble != reported)
                {
                    reported = trouble;
                    Report(DeviceEventKind.SensorGone, trouble);
                }

                wait = wait * 2 < _options.LongestRetry ? wait * 2 : _options.LongestRetry;
            }
        }

        return false;
    }

    private bool Wait(TimeSpan duration, CancellationToken cancellation)
    {
        for (TimeSpan rest = duration; rest > TimeSpan.Zero; rest -= _options.Patience)
        {
            if (!_time.Wait(rest < _options.Patience ? rest : _options.Patience, cancellation))
            {
                return false;
            }

            LookAfterTheRest();
        }

        return !cancellation.IsCancellationRequested;
    }

    private void Report(DeviceEventKind kind, string message, long? count = null, string? channel = null)
    {
        Report(new DeviceEvent(_time.GetUtcNow(), kind, message) { Count = count, Channel = channel });
    }

    private void Report(DeviceEvent happening)
    {
        for (int i = 0; i < _sinks.Count; i++)
        {
            _sinks[i].Report(happening);
        }
    }
}
