using EdgeQuant.Boards.Simulator.Buses;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>
/// A chip of registers of one byte. The first byte of a write chooses the register; what follows is written to it and those behind it, and
/// reads start there.
/// </summary>
internal abstract class RegisterChip : SimulatedI2cChip
{
    private byte _register;

    /// <summary>What the registers hold.</summary>
    protected byte[] Registers { get; } = new byte[256];

    /// <inheritdoc/>
    public sealed override void Write(ReadOnlySpan<byte> bytes)
    {
        Update();
        _register = bytes[0];
        foreach (byte value in bytes[1..])
        {
            WriteRegister(_register, value);
            _register++;
        }
    }

    /// <inheritdoc/>
    public sealed override void Read(Span<byte> bytes)
    {
        Update();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = ReadRegister(_register);
            _register = Behind(_register);
        }
    }

    /// <summary>Does what was due since the last transfer.</summary>
    protected abstract void Update();

    /// <summary>Reads a register, with what that sets off.</summary>
    protected virtual byte ReadRegister(byte register)
    {
        return Registers[register];
    }

    /// <summary>Writes a register, with what that sets off.</summary>
    protected abstract void WriteRegister(byte register, byte value);

    /// <summary>The register that is read after this one.</summary>
    protected virtual byte Behind(byte register)
    {
        return (byte)(register + 1);
    }

    /// <summary>The count that a converter gives for a value.</summary>
    protected static short Convert(float value, float scale, int lowest, int highest)
    {
        return (short)Math.Clamp(Math.Round(value / scale), lowest, highest);
    }
}
