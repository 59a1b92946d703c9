using System.Device.Spi;
using EdgeQuant.Boards.Simulator.Chips;

namespace EdgeQuant.Boards.Simulator.Buses;

/// <summary>The connection to a converter on a simulated SPI bus. A transfer takes the time that it would take. Where nobody answers, the line stays high.</summary>
/// <param name="chip">The chip; null: none is connected.</param>
/// <param name="settings">The connection's settings.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulatedSpiDevice(SimulatedMcp3008? chip, SpiConnectionSettings settings, VirtualTime time) : SpiDevice
{
    private const int BitsOfByte = 8;

    /// <inheritdoc/>
    public override SpiConnectionSettings ConnectionSettings { get; } = settings;

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer)
    {
        Span<byte> zeros = stackalloc byte[buffer.Length];
        zeros.Clear();
        TransferFullDuplex(zeros, buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Span<byte> ignored = stackalloc byte[buffer.Length];
        TransferFullDuplex(buffer, ignored);
    }

    /// <inheritdoc/>
    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        time.Advance(TimeSpan.FromSeconds((double)writeBuffer.Length * BitsOfByte / ConnectionSettings.ClockFrequency));
        readBuffer.Fill(0xFF);
        chip?.Transfer(writeBuffer, readBuffer);
    }
}
