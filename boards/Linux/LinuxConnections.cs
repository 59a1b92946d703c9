using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;

namespace EdgeQuant.Boards.Linux;

/// <summary>The buses and pins of the board that this program runs on, as Linux gives them. What is missing or forbidden is said before it is used.</summary>
public sealed class LinuxConnections : IBoardConnections
{
    private readonly string _devices;

    /// <summary>The connections of this machine.</summary>
    public LinuxConnections()
        : this("/dev")
    {
    }

    /// <param name="devices">The folder of device files.</param>
    internal LinuxConnections(string devices)
    {
        _devices = devices;
    }

    /// <inheritdoc/>
    public TimeProvider Time => TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="SensorException">The bus is missing, or this user may not use it.</exception>
    public I2cDevice OpenI2c(int bus, int address)
    {
        RequireAccess(Path.Combine(_devices, $"i2c-{bus}"), "I2C", "i2c");
        return I2cDevice.Create(new I2cConnectionSettings(bus, address));
    }

    /// <inheritdoc/>
    /// <exception cref="SensorException">The bus is missing, or this user may not use it.</exception>
    public SpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RequireAccess(Path.Combine(_devices, $"spidev{settings.BusId}.{settings.ChipSelectLine}"), "SPI", "spi");
        return SpiDevice.Create(settings);
    }

    /// <inheritdoc/>
    public GpioController OpenGpio()
    {
        return new GpioController();
    }

    /// <inheritdoc/>
    public ISampleFeed OpenMicrophone(MicrophoneSettings settings)
    {
        return AlsaFeed.Start(settings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private static void RequireAccess(string file, string bus, string group)
    {
        try
        {
            File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SensorException(
                SensorFault.BusMissing, $"There is no {bus} bus {file}.", $"Switch {bus} on (on a Raspberry Pi: sudo raspi-config, Interface Options) and look at the bus's number.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SensorException(
                SensorFault.PermissionDenied, $"This user may not use {file}.", $"Put the user into the group {group} (sudo usermod -aG {group} USER), and log in again.", exception);
        }
        catch (IOException exception)
        {
            throw new SensorException(SensorFault.BusError, $"{file} cannot be opened: {exception.Message}", "Look at the kernel's messages (dmesg).", exception);
        }
    }
}
