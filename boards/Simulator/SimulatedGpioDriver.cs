using System.Device.Gpio;

namespace EdgeQuant.Boards.Simulator;

/// <summary>Pins that remember when they changed. Over it, the package's own <see cref="GpioController"/> runs.</summary>
/// <param name="time">The clock.</param>
/// <param name="pinCount">How many pins there are, numbered from 0.</param>
public sealed class SimulatedGpioDriver(VirtualTime time, int pinCount = 28) : GpioDriver
{
    private const int LongestHistory = 10_000;

    private readonly Lock _lock = new();
    private readonly List<PinChange> _changes = [];
    private readonly PinMode[] _modes = new PinMode[pinCount];
    private readonly bool[] _levels = new bool[pinCount];
    private readonly List<(int Pin, PinEventTypes Types, PinChangeEventHandler Callback)> _callbacks = [];

    /// <summary>The changes of output pins, in the order of time; the oldest are forgotten where there are more than ten thousand.</summary>
    public IReadOnlyList<PinChange> Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _changes];
            }
        }
    }

    /// <inheritdoc/>
    protected override int PinCount => pinCount;

    /// <summary>Sets what an input pin reads, as a button would.</summary>
    public void SetInput(int pin, bool high)
    {
        List<PinChangeEventHandler> called = [];
        PinEventTypes type = high ? PinEventTypes.Rising : PinEventTypes.Falling;
        lock (_lock)
        {
            RequirePin(pin);
            if (_levels[pin] == high)
            {
                return;
            }

            _levels[pin] = high;
            called.AddRange(_callbacks.Where(entry => entry.Pin == pin && entry.Types.HasFlag(type)).Select(entry => entry.Callback));
        }

        foreach (PinChangeEventHandler callback in called)
        {
            callback(this, new PinValueChangedEventArgs(type, pin));
        }
    }

    /// <inheritdoc/>
    protected override void OpenPin(int pinNumber)
    {
        RequirePin(pinNumber);
    }

    /// <inheritdoc/>
    protected override void ClosePin(int pinNumber)
    {
        lock (_lock)
        {
            _modes[pinNumber] = PinMode.Input;
        }
    }

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        lock (_lock)
        {
            _modes[pinNumber] = mode;
            if (mode == PinMode.InputPullUp)
            {
                _levels[pinNumber] = true;
            }
        }
    }

    /// <inheritdoc/>
    protected override PinMode GetPinMode(int pinNumber)
    {
        return _modes[pinNumber];
    }

    /// <inheritdoc/>
    protected override bool IsPinModeSupported(int pinNumber, PinMode mode)
    {
        return Enum.IsDefined(mode);
    }

    /// <inheritdoc/>
    protected override PinValue Read(int pinNumber)
    {
        lock (_lock)
        {
            return _levels[pinNumber];
        }
    }

    /// <inheritdoc/>
    protected override void Write(int pinNumber, PinValue value)
    {
        lock (_lock)
        {
            bool high = value == PinValue.High;
            if (_levels[pinNumber] == high)
            {
                return;
            }

            _levels[pinNumber] = high;
            if (_changes.Count == LongestHistory)
            {
                _changes.RemoveRange(0, LongestHistory / 2);
            }

            // All at once: later changes allocate nothing.
            _changes.EnsureCapacity(LongestHistory);

            _changes.Add(new PinChange(time.Elapsed, pinNumber, value));
        }
    }

    /// <inheritdoc/>
    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        throw new NotSupportedException("Simulated pins do not wait: time stands still meanwhile. Register a callback.");
    }

    /// <inheritdoc/>
    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _callbacks.Add((pinNumber, eventTypes, callback));
        }
    }

    /// <inheritdoc/>
    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            _callbacks.RemoveAll(entry => entry.Pin == pinNumber && entry.Callback == callback);
        }
    }

    private void RequirePin(int pin)
    {
        if (pin < 0 || pin >= pinCount)
        {
            throw new ArgumentOutOfRangeException(nameof(pin), pin, $"The simulated board has pins 0 to {pinCount - 1}.");
        }
    }
}
