using System.Device.I2c;

namespace EdgeQuant.Boards.Simulator.Buses;

/// <summary>An I2C bus without wires. A transfer takes the time that it would take at 400 kHz, and fails as those of Linux do.</summary>
/// <param name="busId">The bus's number.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulatedI2cBus(int busId, VirtualTime time) : I2cBus
{
    /// <summary>Eight bits and an acknowledgement, at 400 kHz.</summary>
    private const double MicrosecondsOfByte = 9 / 0.4;

    /// <summary>What another chip has in all of its registers: the identity of an MPU-9250.</summary>
    private const byte OtherChip = 0x71;

    private readonly Dictionary<int, (SimulatedI2cChip Chip, FaultSchedule Faults)> _chips = [];
    private readonly HashSet<int> _unpowered = [];

    /// <summary>Connects a chip.</summary>
    public void Connect(int address, SimulatedI2cChip chip, FaultSchedule faults)
    {
        _chips.Add(address, (chip, faults));
        chip.PowerOn();
    }

    /// <inheritdoc/>
    public override I2cDevice CreateDevice(int deviceAddress)
    {
        return new SimulatedI2cDevice(this, new I2cConnectionSettings(busId, deviceAddress));
    }

    /// <inheritdoc/>
    public override void RemoveDevice(int deviceAddress)
    {
        // Devices hold nothing of the bus.
    }

    /// <summary>Writes, then reads, in one transfer.</summary>
    /// <exception cref="IOException">No chip answers (error 121), or the transfer failed (error 5).</exception>
    internal void Transfer(int address, ReadOnlySpan<byte> written, Span<byte> read)
    {
        int addresses = (written.IsEmpty ? 0 : 1) + (read.IsEmpty ? 0 : 1);
        time.Advance(TimeSpan.FromMicroseconds((addresses + written.Length + read.Length) * MicrosecondsOfByte));
        if (!_chips.TryGetValue(address, out (SimulatedI2cChip Chip, FaultSchedule Faults) connected) || connected.Faults.Has(FaultKind.Absent))
        {
            _unpowered.Add(address);
            throw new IOException("Error 121 performing I2C data transfer.");
        }

        if (connected.Faults.Has(FaultKind.BusError))
        {
            throw new IOException("Error 5 performing I2C data transfer.");
        }

        if (connected.Faults.Has(FaultKind.OtherChip))
        {
            _unpowered.Add(address);
            read.Fill(OtherChip);
            return;
        }

        if (_unpowered.Remove(address))
        {
            connected.Chip.PowerOn();
        }

        if (!written.IsEmpty)
        {
            connected.Chip.Write(written);
        }

        if (!read.IsEmpty)
        {
            connected.Chip.Read(read);
        }
    }
}
