using System.Diagnostics;
using System.Globalization;
using EdgeQuant.Boards;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// Reads the simulated board's sensor, gives its samples to the model where they can be believed, and hands on what it decides. After lost, late, stuck or
/// saturated samples the model starts over. A sensor that disappears is opened again until it is back. Measures what each decision costs:
/// time on this machine, and bytes, of which there should be none.
/// </summary>
internal sealed class SimulationLoop
{
    private const int BufferedSamples = 256;

    /// <summary>What a score of 1 is in a <see cref="Decision"/>.</summary>
    private const float FullScore = 32768;

    private const int PatienceMilliseconds = 100;
    private const int RetryMilliseconds = 500;

    private readonly Func<ISensor> _open;
    private readonly Pipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly IDecisionSink _sink;
    private readonly Func<bool> _ended;
    private readonly short[] _read;
    private readonly short[] _scaled;
    private readonly string[] _labels;
    private readonly long _start;
    private ISensor _sensor = null!;
    private SampleScaling _scaling = null!;
    private SampleMonitor _monitor = null!;
    private SensorFault? _fault;
    private long _lost;
    private bool _late;
    private bool _gap;

    /// <summary>Makes a loop; <see cref="Run"/> starts it.</summary>
    /// <param name="open">Opens the sensor, at the start and after each time that it was gone.</param>
    /// <param name="pipeline">The model.</param>
    /// <param name="time">The board's clock.</param>
    /// <param name="sink">Gets what happens.</param>
    /// <param name="ended">Whether no more samples will come: a simulated signal is over.</param>
    public SimulationLoop(Func<ISensor> open, Pipeline pipeline, TimeProvider time, IDecisionSink sink, Func<bool> ended)
    {
        _open = open;
        _pipeline = pipeline;
        _time = time;
        _sink = sink;
        _ended = ended;
        _read = new short[BufferedSamples * pipeline.Channels];
        _scaled = new short[_read.Length];
        _labels = [.. Enumerable.Range(0, pipeline.LabelCount).Select(pipeline.Label)];
        _start = time.GetTimestamp();
    }

    /// <summary>What the sensor gives, as it was opened last.</summary>
    public SensorDescription Sensor => _sensor.Description;

    /// <summary>Samples that were read.</summary>
    public long Samples { get; private set; }

    /// <summary>Samples that were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>Bytes that were allocated while samples were read, scaled and given to the model.</summary>
    public long AllocatedBytes { get; private set; }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Runs until it is cancelled or the signal ends.</summary>
    /// <exception cref="SensorException">The sensor cannot be opened when the loop starts. Later it is tried again.</exception>
    /// <exception cref="SimulationException">The sensor does not give what the model takes.</exception>
    public void Run(CancellationToken cancellation)
    {
        Open();
        bool isOpen = true;
        while (isOpen)
        {
            SensorException? gone;
            try
            {
                gone = ReadUntilGone(cancellation);
            }
            finally
            {
                _sensor.Dispose();
            }

            if (gone is not null)
            {
                ReportGone(gone);
            }

            isOpen = gone is not null && Reopen(gone, cancellation);
        }
    }

    private void Open()
    {
        ISensor sensor = _open();
        try
        {
            _scaling = new SampleScaling(sensor.Description, _pipeline);
        }
        catch
        {
            sensor.Dispose();
            throw;
        }

        _sensor = sensor;
        _monitor = new SampleMonitor(sensor.Description, Now);
        _fault = null;
        _late = false;
        _lost = 0;
        _gap = true;
    }

    /// <summary>Reads and classifies.</summary>
    /// <returns>Why the sensor cannot be read any more; null: cancelled, or the signal is over.</returns>
    private SensorException? ReadUntilGone(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                Take(_read.AsSpan(0, Fetch() * _pipeline.Channels));
                if (_ended())
                {
                    break;
                }
            }

            return null;
        }
        catch (SensorException exception)
        {
            return exception;
        }
    }

    private int Fetch()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = _sensor.Read(_read, TimeSpan.FromMilliseconds(PatienceMilliseconds));
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        Samples += count;
        long lost = _sensor.Lost - _lost;
        if (lost > 0)
        {
            _lost += lost;
            Lost += lost;
            _gap = true;
            Report(DeviceEventKind.SamplesLost, $"{Sensor.Name}: {lost} samples were lost; the model starts over.");
        }

        _monitor.Arrived(count, Now);
        if (_monitor.IsLate != _late)
        {
            _late = _monitor.IsLate;
            _gap = true;
            Report(_late ? DeviceEventKind.SamplesLate : DeviceEventKind.SamplesGood, _late ? Explanation(SensorFault.Late) : $"{Sensor.Name}: samples come in time again.");
        }

        return count;
    }

    private void Take(ReadOnlySpan<short> samples)
    {
        while (samples.Length > 0)
        {
            int numbers = _monitor.Examine(samples) * _pipeline.Channels;
            if (_monitor.Fault != _fault)
            {
                ReportFault();
            }

            if (_fault is null && !_late)
            {
                Classify(samples[..numbers]);
            }

            samples = samples[numbers..];
        }
    }

    private void Classify(ReadOnlySpan<short> samples)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (_gap)
        {
            _pipeline.Gap();
            _gap = false;
        }

        Span<short> scaled = _scaled.AsSpan(0, samples.Length);
        _scaling.Apply(samples, scaled);
        while (scaled.Length > 0)
        {
            long started = Stopwatch.GetTimestamp();
            int taken = _pipeline.Push(scaled);
            TimeSpan latency = Stopwatch.GetElapsedTime(started);
            scaled = scaled[(taken * _pipeline.Channels)..];
            if (_pipeline.Decided)
            {
                AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
                Decision decision = _pipeline.Decision;
                _sink.Emit(Record(decision, latency));
                before = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private DecisionRecord Record(Decision decision, TimeSpan latency)
    {
        string text = decision.Label < 0 ? DecisionRecord.UnknownText : _labels[decision.Label];
        return new DecisionRecord(_time.GetUtcNow(), decision.Label, text, decision.Score / FullScore, decision.Raised, latency, decision.Samples);
    }

    private void ReportFault()
    {
        _fault = _monitor.Fault;
        _gap = true;
        switch (_fault)
        {
            case SensorFault.Stuck:
                Report(DeviceEventKind.SamplesStuck, Explanation(SensorFault.Stuck));
                break;
            case SensorFault.Saturated:
                Report(DeviceEventKind.SamplesSaturated, Explanation(SensorFault.Saturated));
                break;
            default:
                Report(DeviceEventKind.SamplesGood, $"{Sensor.Name}: samples are good again.");
                break;
        }
    }

    private string Explanation(SensorFault fault)
    {
        SensorException explained = _monitor.Explain(fault);
        return $"{explained.Message} {explained.Help}";
    }

    private void ReportGone(SensorException why)
    {
        Report(DeviceEventKind.SensorGone, $"{why.Message} {why.Help}");
    }

    /// <summary>Tries to open the sensor until that succeeds.</summary>
    /// <returns>Whether it did; false: cancelled, or the signal is over.</returns>
    private bool Reopen(SensorException gone, CancellationToken cancellation)
    {
        TimeSpan since = Now;
        while (_time.Wait(TimeSpan.FromMilliseconds(RetryMilliseconds), cancellation) && !_ended())
        {
            try
            {
                Open();
                Report(DeviceEventKind.SensorBack, string.Create(CultureInfo.InvariantCulture, $"{Sensor.Name} is back after {(Now - since).TotalSeconds:0.0} s."));
                return true;
            }
            catch (SensorException exception) when (exception.Message == gone.Message)
            {
                // Said already.
            }
            catch (SensorException exception)
            {
                gone = exception;
                ReportGone(exception);
            }
        }

        return false;
    }

    private void Report(DeviceEventKind kind, string message)
    {
        _sink.Report(new DeviceEvent(_time.GetUtcNow(), kind, message));
    }
}
