namespace EdgeQuant.Arm.Tests;

/// <summary>What a block of code consists of, by the encodings of its instructions (Arm Architecture Reference Manual, DDI 0487, C7.2).</summary>
internal sealed class CodeBlock
{
    private const uint StackPointer = 31;
    private const uint FramePointer = 29;

    /// <summary>Its instructions.</summary>
    public int Length { get; private set; }

    /// <summary>True if it multiplies bytes.</summary>
    public bool Multiplies { get; private set; }

    /// <summary>True if it writes vectors, but not to the stack.</summary>
    public bool WritesVectors { get; private set; }

    /// <summary>Adds the next instruction.</summary>
    public void Add(uint instruction)
    {
        Length++;
        Multiplies |= IsDotProduct(instruction) || IsWideningProduct(instruction);
        uint address = (instruction >> 5) & 0x1F;
        WritesVectors |= IsVectorStore(instruction) && address is not (StackPointer or FramePointer);
    }

    /// <summary>SDOT, of vectors or by element.</summary>
    private static bool IsDotProduct(uint instruction)
    {
        return (instruction & 0xBFE0FC00) == 0x0E809400 || (instruction & 0xBFC0F400) == 0x0F80E000;
    }

    /// <summary>SMULL or SMLAL of vectors of bytes.</summary>
    private static bool IsWideningProduct(uint instruction)
    {
        return (instruction & 0xBFE0FC00) is 0x0E20C000 or 0x0E208000;
    }

    /// <summary>STP, or STR with one of its offsets, of registers of 128 bits.</summary>
    private static bool IsVectorStore(uint instruction)
    {
        return (instruction & 0xFFC00000) is 0xAD000000 or 0x3D800000 || (instruction & 0xFFE00C00) is 0x3C800000 or 0x3CA00800;
    }
}
