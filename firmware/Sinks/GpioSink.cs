using System.Device.Gpio;

namespace EdgeQuant.Firmware.Sinks;

/// <summary>
/// Drives a pin for each label: as long as the label holds, or for a while after it has come up. Pins are inactive when the program ends
/// and whenever the sensor cannot be believed.
/// </summary>
public sealed class GpioSink : IDecisionSink
{
    private readonly Lock _lock = new();
    private readonly GpioController _controller;
    private readonly LabelPin[] _pins;
    private readonly bool[] _active;
    private readonly ITimer?[] _timers;
    private readonly Action<DeviceEvent> _report;
    private readonly TimeProvider _time;
    private bool _failing;
    private bool _disposed;

    /// <summary>Opens the pins, inactive.</summary>
    /// <param name="controller">The board's pins; disposed of with the sink.</param>
    /// <param name="pins">Which label drives which.</param>
    /// <param name="report">Told when a pin cannot be driven.</param>
    /// <param name="time">The clock that pulses are measured with.</param>
    public GpioSink(GpioController controller, IReadOnlyList<LabelPin> pins, Action<DeviceEvent> report, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(time);
        _controller = controller;
        _pins = [.. pins];
        _active = new bool[_pins.Length];
        _timers = new ITimer?[_pins.Length];
        _report = report;
        _time = time;
        for (int i = 0; i < _pins.Length; i++)
        {
            controller.OpenPin(_pins[i].Pin, PinMode.Output, Level(_pins[i], active: false));
            if (_pins[i].Pulse > TimeSpan.Zero)
            {
                int index = i;
                _timers[i] = time.CreateTimer(_ => EndPulse(index), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        lock (_lock)
        {
            for (int i = 0; i < _pins.Length; i++)
            {
                bool holds = string.Equals(_pins[i].Label, decision.LabelText, StringComparison.Ordinal);
                if (_timers[i] is not { } timer)
                {
                    Set(i, holds);
                }
                else if (holds && decision.Raised)
                {
                    Set(i, active: true);
                    timer.Change(_pins[i].Pulse, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        if (happening.Kind is DeviceEventKind.SensorGone or DeviceEventKind.SamplesLate or DeviceEventKind.SamplesStuck
            or DeviceEventKind.SamplesSaturated or DeviceEventKind.ModelSwapped)
        {
            ReleaseHeld();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ITimer? timer in _timers)
        {
            if (timer is not null)
            {
                await timer.DisposeAsync().ConfigureAwait(false);
            }
        }

        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            for (int i = 0; i < _pins.Length; i++)
            {
                Set(i, active: false);
            }

            _disposed = true;
            _controller.Dispose();
        }
    }

    private static PinValue Level(LabelPin pin, bool active)
    {
        return active != pin.ActiveLow ? PinValue.High : PinValue.Low;
    }

    /// <summary>Makes those pins inactive that a label holds; pulses run out by themselves.</summary>
    private void ReleaseHeld()
    {
        lock (_lock)
        {
            for (int i = 0; i < _pins.Length; i++)
            {
                if (_timers[i] is null)
                {
                    Set(i, active: false);
                }
            }
        }
    }

    private void EndPulse(int index)
    {
        lock (_lock)
        {
            Set(index, active: false);
        }
    }

    private void Set(int index, bool active)
    {
        if (_active[index] == active || _disposed)
        {
            return;
        }

        try
        {
            _controller.Write(_pins[index].Pin, Level(_pins[index], active));
            _active[index] = active;
            _failing = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            if (!_failing)
            {
                _failing = true;
                _report(new DeviceEvent(_time.GetUtcNow(), DeviceEventKind.OutputFailed, $"GPIO {_pins[index].Pin} ({_pins[index].Label}): {exception.Message}"));
            }
        }
    }
}
