using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;

namespace EdgeQuant.Boards;

/// <summary>A board's buses, pins and clock: those of Linux, or simulated ones. What is opened belongs to who opened it.</summary>
public interface IBoardConnections : IDisposable
{
    /// <summary>The board's clock; wait with <see cref="TimeProviderExtensions.Wait"/>.</summary>
    TimeProvider Time { get; }

    /// <summary>Opens the connection to an I2C device. Whether one answers shows with the first transfer.</summary>
    I2cDevice OpenI2c(int bus, int address);

    /// <summary>Opens the connection to an SPI device.</summary>
    SpiDevice OpenSpi(SpiConnectionSettings settings);

    /// <summary>Opens the board's pins.</summary>
    GpioController OpenGpio();

    /// <summary>Starts to record sound.</summary>
    /// <exception cref="SensorException">There is no such device, or this user may not use it.</exception>
    ISampleFeed OpenMicrophone(MicrophoneSettings settings);
}
