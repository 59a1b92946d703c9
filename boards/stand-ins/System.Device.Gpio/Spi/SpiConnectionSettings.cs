namespace System.Device.Spi;

public sealed class SpiConnectionSettings(int busId, int chipSelectLine = -1)
{
    public int BusId { get; set; } = busId;

    public int ChipSelectLine { get; set; } = chipSelectLine;

    public SpiMode Mode { get; set; } = SpiMode.Mode0;

    public int ClockFrequency { get; set; } = 500_000;
}
