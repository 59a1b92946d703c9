namespace System.Device.Spi;

public enum SpiMode
{
    Mode0,
    Mode1,
    Mode2,
    Mode3,
}
