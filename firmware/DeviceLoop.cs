using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware;

/// <summary>
/// What a device does all day: reads the sensor, gives its samples to the model where they can be believed, and hands on what it decides. A
/// sensor that disappears is opened again until it is back. Once it runs, a decision costs no allocation. Runs on one thread.
/// </summary>
public sealed class DeviceLoop
{
    private const int SmallestBuffer = 16;

    private readonly Func<ISensor> _openSensor;
    private readonly ModelSlot _model;
    private readonly IReadOnlyList<IDecisionSink> _sinks;
    private readonly TimeProvider _time;
    private readonly DeviceLoopOptions _options;
    private readonly long _start;
    private ISensor? _sensor;
    private SampleMonitor? _monitor;
    private short[] _buffer = [];
    private int _channels;
    private long _lost;
    private bool _gap;
    private SensorFault? _fault;
    private string? _trouble;
    private TimeSpan _lastArrival;
    private TimeSpan _lastHeartbeat;
    private long _decisionsAtHeartbeat;

    /// <summary>Makes a loop; <see cref="Run"/> starts it.</summary>
    /// <param name="openSensor">Opens the sensor, at the start and after each time that it was gone.</param>
    /// <param name="model">The model.</param>
    /// <param name="sinks">Where decisions go to. They are not disposed of.</param>
    /// <param name="time">The clock that the sensor runs by. Latency is measured with the system's: virtual time stands still while a model computes.</param>
    /// <param name="options">How to go about it; null: as usual.</param>
    public DeviceLoop(Func<ISensor> openSensor, ModelSlot model, IReadOnlyList<IDecisionSink> sinks, TimeProvider time, DeviceLoopOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _openSensor = openSensor;
        _model = model;
        _sinks = sinks;
        _time = time;
        _options = options ?? new DeviceLoopOptions();
        _start = time.GetTimestamp();
    }

    /// <summary>Decisions made so far.</summary>
    public long Decisions { get; private set; }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Runs until it is cancelled, or the recording that a simulated sensor plays is over.</summary>
    /// <exception cref="SensorException">The sensor cannot be opened when the loop starts. Later it is tried again.</exception>
    /// <exception cref="ModelRefusedException">The sensor does not give what the model takes.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            ISensor sensor = Open();
            string rate = $"{sensor.Description.SampleRate / 1000.0:0.###} Hz";
            Report(DeviceEventKind.Started, $"{sensor.Description.Name} at {rate}, model {_model.Model.ShortName}: {string.Join(", ", _model.Model.Labels)}.");
            _lastHeartbeat = Now;
            while (!cancellation.IsCancellationRequested && _options.Ended?.Invoke() != true)
            {
                if (_sensor is null)
                {
                    Reopen(cancellation);
                }
                else
                {
                    Step(_sensor);
                }
            }

            Report(DeviceEventKind.Stopped, $"Stopped after {Decisions} decisions.");
        }
        finally
        {
            CloseSensor();
        }
    }

    private ISensor Open()
    {
        ISensor sensor = _openSensor();
        try
        {
            _model.Attach(sensor.Description);
        }
        catch
        {
            sensor.Dispose();
            throw;
        }

        _sensor = sensor;
        _channels = sensor.Description.Channels.Count;
        int capacity = Math.Max(SmallestBuffer, (int)(sensor.Description.SampleRate / 1000.0 * _options.Patience.TotalSeconds));
        _buffer = new short[capacity * _channels];
        _lost = sensor.Lost;
        _gap = true;
        _fault = null;
        _lastArrival = Now;
        _monitor = new SampleMonitor(sensor.Description, _lastArrival);
        return sensor;
    }

    /// <summary>Reads once, and does everything that is due.</summary>
    private void Step(ISensor sensor)
    {
        int count;
        try
        {
            count = sensor.Read(_buffer, _options.Patience);
        }
        catch (Exception exception) when (SensorTrouble.Is(exception))
        {
            Lose(SensorTrouble.Describe(exception));
            return;
        }

        long arrived = Stopwatch.GetTimestamp();
        NoteLost(sensor);
        _monitor!.Arrived(count, Now);
        if (count > 0)
        {
            _lastArrival = Now;
            Take(_buffer.AsSpan(0, count * _channels), arrived);
        }
        else
        {
            NoteFault();
            NoteMissing(sensor);
        }

        LookAfterTheRest();
    }

    private void Take(ReadOnlySpan<short> samples, long arrived)
    {
        while (samples.Length > 0)
        {
            int count = _monitor!.Examine(samples) * _channels;
            NoteFault();
            if (_fault is null)
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
                Emit(pipeline.Decision, arrived);
                SwapModel();
            }
        }
    }

    private void Emit(Decision decision, long arrived)
    {
        Decisions++;
        DecisionRecord record = new(
            _time.GetUtcNow(),
            decision.Label,
            decision.Label < 0 ? DecisionRecord.UnknownText : _model.Model.Labels[decision.Label],
            decision.Score / 32768f,
            decision.Raised,
            Stopwatch.GetElapsedTime(arrived),
            decision.Samples);
        for (int i = 0; i < _sinks.Count; i++)
        {
            _sinks[i].Emit(record);
        }
    }

    private void NoteLost(ISensor sensor)
    {
        long count = sensor.Lost - _lost;
        if (count != 0)
        {
            _lost = sensor.Lost;
            _gap = true;
            Report(DeviceEventKind.SamplesLost, $"{sensor.Description.Name}: {count} samples were lost; what the model had heard before is forgotten.", count);
        }
    }

    /// <summary>Says where samples can no longer be believed, and where they can again; what is between is a gap.</summary>
    private void NoteFault()
    {
        SensorFault? fault = _monitor!.Fault ?? (_monitor.IsLate ? SensorFault.Late : null);
        _gap |= fault is not null;
        if (fault == _fault)
        {
            return;
        }

        _fault = fault;
        if (fault is { } kind)
        {
            Report(KindOf(kind), $"{SensorTrouble.Describe(_monitor.Explain(kind))} Nothing is classified meanwhile.");
        }
        else
        {
            Report(DeviceEventKind.SamplesGood, $"{_sensor!.Description.Name}: samples are good again.");
        }
    }

    private void NoteMissing(ISensor sensor)
    {
        TimeSpan silence = Now - _lastArrival;
        if (_fault == SensorFault.Late && silence >= _options.Missing)
        {
            Lose($"{sensor.Description.Name} has given no samples for {silence.TotalSeconds:0.#} s. It is opened again.");
        }
    }

    private static DeviceEventKind KindOf(SensorFault fault)
    {
        return fault switch
        {
            SensorFault.Stuck => DeviceEventKind.SamplesStuck,
            SensorFault.Saturated => DeviceEventKind.SamplesSaturated,
            _ => DeviceEventKind.SamplesLate,
        };
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

    /// <summary>Tries to open the sensor until that succeeds, or it is cancelled.</summary>
    private void Reopen(CancellationToken cancellation)
    {
        TimeSpan gone = Now;
        TimeSpan wait = _options.FirstRetry;
        while (Wait(wait, cancellation))
        {
            try
            {
                string name = Open().Description.Name;
                Report(DeviceEventKind.SensorBack, $"{name} is back after {(Now - gone).TotalSeconds:0.#} s.");
                return;
            }
            catch (Exception exception) when (SensorTrouble.Is(exception) || exception is ModelRefusedException)
            {
                string trouble = SensorTrouble.Describe(exception);
                if (trouble != _trouble)
                {
                    Lose(trouble);
                }

                wait = wait * 2 < _options.LongestRetry ? wait * 2 : _options.LongestRetry;
            }
        }
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

    private void Lose(string trouble)
    {
        _trouble = trouble;
        Report(DeviceEventKind.SensorGone, trouble);
        CloseSensor();
    }

    private void CloseSensor()
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

    private void Report(DeviceEventKind kind, string message, long? count = null)
    {
        Report(new DeviceEvent(_time.GetUtcNow(), kind, message) { Count = count });
    }

    private void Report(DeviceEvent happening)
    {
        for (int i = 0; i < _sinks.Count; i++)
        {
            _sinks[i].Report(happening);
        }
    }
}
