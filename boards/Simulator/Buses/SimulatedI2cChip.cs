namespace EdgeQuant.Boards.Simulator.Buses;

/// <summary>A chip on a simulated I2C bus: what it does with the bytes of a transfer.</summary>
internal abstract class SimulatedI2cChip
{
    /// <summary>Whether the signal that it measures has ended, and all of it was read.</summary>
    public abstract bool SignalEnded { get; }

    /// <summary>Sets everything to what it is after power was switched on.</summary>
    public abstract void PowerOn();

    /// <summary>Takes what the board writes.</summary>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Gives what the board reads.</summary>
    public abstract void Read(Span<byte> bytes);
}
