using System.Device.Spi;

namespace Iot.Device.Adc;

public abstract class Mcp3Base(SpiDevice spiDevice) : IDisposable
{
    public void Dispose()
    {
        spiDevice.Dispose();
    }

    /// <summary>Sends a request and takes the bits that come behind it: one to sample, a zero, then the value (MCP3008 datasheet, figure 6-1).</summary>
    private protected int Request(int bits, int resolution)
    {
        int request = bits << (resolution + 2);
        Span<byte> written = [(byte)(request >> 16), (byte)(request >> 8), (byte)request];
        Span<byte> read = stackalloc byte[3];
        spiDevice.TransferFullDuplex(written, read);
        int answer = (read[0] << 16) | (read[1] << 8) | read[2];
        return (answer & (1 << resolution)) == 0
            ? answer & ((1 << resolution) - 1)
            : throw new InvalidOperationException("Invalid data was read from the sensor");
    }
}
