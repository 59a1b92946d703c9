using System.Globalization;

namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>Machine code for Arm64.</summary>
internal sealed class Arm64Instructions : InstructionSet
{
    /// <inheritdoc/>
    public override bool IsCall(string instruction)
    {
        return Name(instruction) is "bl" or "blr";
    }

    /// <inheritdoc/>
    public override bool IsJump(string instruction)
    {
        return (instruction.StartsWith('b') && !IsCall(instruction)) || Name(instruction) is "cbz" or "cbnz" or "tbz" or "tbnz";
    }

    /// <inheritdoc/>
    public override bool Leaves(string instruction)
    {
        return Name(instruction) is "b" or "br" or "ret" or "brk";
    }

    /// <inheritdoc/>
    public override bool UsesStack(string instruction, bool hasFrame)
    {
        return Operands(instruction).Any(operand => operand is "sp" or "fp");
    }

    /// <inheritdoc/>
    /// <remarks>A dot product gives four to a lane of 32 bits, all others one to a lane.</remarks>
    public override int Products(string instruction)
    {
        string name = Name(instruction);
        int each = name switch
        {
            "sdot" or "udot" or "usdot" => 4,
            "mul" or "mla" or "mls" or "madd" or "msub" or "smaddl" => 1,
            "smull" or "smull2" or "smlal" or "smlal2" or "umull" or "umull2" or "umlal" or "umlal2" => 1,
            _ => 0,
        };
        return each == 0 ? 0 : each * Lanes(Operands(instruction).First());
    }

    private static IEnumerable<string> Operands(string instruction)
    {
        return instruction.Split([' ', ',', '[', ']', '!'], StringSplitOptions.RemoveEmptyEntries).Skip(1);
    }

    // A vector's register as v16.4s, where a register of one value is w0 or x0.
    private static int Lanes(string register)
    {
        string[] parts = register.Split('.');
        return parts.Length == 2 ? int.Parse(parts[1].TrimEnd('b', 'h', 's', 'd'), CultureInfo.InvariantCulture) : 1;
    }
}
