namespace System.Device.I2c;

public abstract class I2cBus : IDisposable
{
    public static I2cBus Create(int busId)
    {
        NoHardware.Throw($"Bus {busId} of I2C");
        return null;
    }

    public abstract I2cDevice CreateDevice(int deviceAddress);

    public abstract void RemoveDevice(int deviceAddress);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
