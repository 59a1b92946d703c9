namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>Machine code for x86-64.</summary>
internal sealed class X64Instructions : InstructionSet
{
    /// <inheritdoc/>
    public override bool IsCall(string instruction)
    {
        return Name(instruction) == "call";
    }

    /// <inheritdoc/>
    public override bool IsJump(string instruction)
    {
        return instruction.StartsWith('j');
    }

    /// <inheritdoc/>
    public override bool Leaves(string instruction)
    {
        return Name(instruction) is "jmp" or "ret" or "int3" or "tail.jmp" or "rex.jmp";
    }

    /// <inheritdoc/>
    public override bool UsesStack(string instruction, bool hasFrame)
    {
        return instruction.Contains("[rsp", StringComparison.Ordinal) || (hasFrame && instruction.Contains("[rbp", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    /// <remarks>Of pairs of bytes (all lanes' bytes), of pairs of 16 bits, or of lanes of 32 or 64 bits.</remarks>
    public override int Products(string instruction)
    {
        int bytes = instruction.Contains("zmm", StringComparison.Ordinal) ? 64 : instruction.Contains("ymm", StringComparison.Ordinal) ? 32 : 16;
        return Name(instruction).TrimStart('v') switch
        {
            "pdpbusd" or "pdpbusds" or "pmaddubsw" => bytes,
            "pmaddwd" or "pdpwssd" or "pmullw" => bytes / 2,
            "pmulld" => bytes / 4,
            "pmuldq" or "pmuludq" => bytes / 8,
            "imul" => 1,
            _ => 0,
        };
    }
}
