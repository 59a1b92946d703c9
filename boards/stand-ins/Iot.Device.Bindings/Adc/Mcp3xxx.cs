using System.Device.Spi;

namespace Iot.Device.Adc;

public abstract class Mcp3xxx(SpiDevice spiDevice, byte channelCount, byte adcResolutionBits) : Mcp3Base(spiDevice)
{
    public virtual int Read(int channel)
    {
        return channel >= 0 && channel < channelCount
            ? Request(0b1_1000 | channel, adcResolutionBits)
            : throw new ArgumentOutOfRangeException(nameof(channel), channel, $"The converter has {channelCount} channels.");
    }
}
