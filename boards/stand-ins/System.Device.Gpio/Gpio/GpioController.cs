namespace System.Device.Gpio;

public class GpioController : IDisposable
{
    private readonly GpioDriver _driver;
    private readonly Dictionary<int, GpioPin> _open = [];

    public GpioController()
    {
        NoHardware.Throw("A board's GPIO");
    }

    public GpioController(GpioDriver driver)
    {
        _driver = driver;
    }

    public virtual int PinCount => _driver.PinCount;

    public GpioPin OpenPin(int pinNumber)
    {
        if (_open.TryGetValue(pinNumber, out GpioPin? opened))
        {
            return opened;
        }

        _driver.OpenPin(pinNumber);
        return _open[pinNumber] = new GpioPin(pinNumber, this);
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        SetPinMode(pinNumber, mode);
        return pin;
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode, PinValue initialValue)
    {
        GpioPin pin = OpenPin(pinNumber);
        SetPinMode(pinNumber, mode);
        Write(pinNumber, initialValue);
        return pin;
    }

    public void ClosePin(int pinNumber)
    {
        RequireOpen(pinNumber, "close");
        _open.Remove(pinNumber);
        _driver.ClosePin(pinNumber);
    }

    public virtual bool IsPinOpen(int pinNumber)
    {
        return _open.ContainsKey(pinNumber);
    }

    public virtual void SetPinMode(int pinNumber, PinMode mode)
    {
        RequireOpen(pinNumber, "set the mode of");
        if (!_driver.IsPinModeSupported(pinNumber, mode))
        {
            throw new InvalidOperationException($"Pin {pinNumber} does not support mode {mode}.");
        }

        _driver.SetPinMode(pinNumber, mode);
    }

    public virtual PinMode GetPinMode(int pinNumber)
    {
        RequireOpen(pinNumber, "get the mode of");
        return _driver.GetPinMode(pinNumber);
    }

    public virtual PinValue Read(int pinNumber)
    {
        RequireOpen(pinNumber, "read from");
        return _driver.Read(pinNumber);
    }

    public virtual void Write(int pinNumber, PinValue value)
    {
        RequireOpen(pinNumber, "write to");
        if (_driver.GetPinMode(pinNumber) == PinMode.Output)
        {
            _driver.Write(pinNumber, value);
        }
    }

    public virtual void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        RequireOpen(pinNumber, "add a callback to");
        _driver.AddCallbackForPinValueChangedEvent(pinNumber, eventTypes, callback);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (int pinNumber in _open.Keys)
            {
                _driver.ClosePin(pinNumber);
            }

            _open.Clear();
            _driver.Dispose();
        }
    }

    private void RequireOpen(int pinNumber, string what)
    {
        if (!IsPinOpen(pinNumber))
        {
            throw new InvalidOperationException($"Can not {what} pin {pinNumber} because it is not open.");
        }
    }
}
