namespace System.Device.Gpio;

public class GpioPin : IDisposable
{
    protected internal GpioPin(int pinNumber, GpioController controller)
    {
        PinNumber = pinNumber;
        Controller = controller;
    }

    public virtual int PinNumber { get; }

    public GpioController Controller { get; }

    public virtual PinValue Read()
    {
        return Controller.Read(PinNumber);
    }

    public virtual void Write(PinValue value)
    {
        Controller.Write(PinNumber, value);
    }

    public virtual void Close()
    {
        Controller.ClosePin(PinNumber);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && Controller.IsPinOpen(PinNumber))
        {
            Controller.ClosePin(PinNumber);
        }
    }
}
