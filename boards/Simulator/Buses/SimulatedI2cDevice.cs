using System.Device.I2c;

namespace EdgeQuant.Boards.Simulator.Buses;

/// <summary>The connection to an address of a simulated bus.</summary>
internal sealed class SimulatedI2cDevice(SimulatedI2cBus bus, I2cConnectionSettings settings) : I2cDevice
{
    /// <inheritdoc/>
    public override I2cConnectionSettings ConnectionSettings { get; } = settings;

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer)
    {
        bus.Transfer(ConnectionSettings.DeviceAddress, [], buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        bus.Transfer(ConnectionSettings.DeviceAddress, buffer, []);
    }

    /// <inheritdoc/>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        bus.Transfer(ConnectionSettings.DeviceAddress, writeBuffer, readBuffer);
    }
}
