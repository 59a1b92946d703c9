using System.Device.Spi;

namespace Iot.Device.Adc;

public class Mcp3008(SpiDevice spiDevice) : Mcp3xxx(spiDevice, 8, 10);
