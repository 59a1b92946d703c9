namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>What differs between the listings of machine code for two kinds of processors.</summary>
internal abstract class InstructionSet
{
    /// <summary>Whether an instruction calls a function.</summary>
    public abstract bool IsCall(string instruction);

    /// <summary>Whether an instruction may jump to a label that it ends with.</summary>
    public abstract bool IsJump(string instruction);

    /// <summary>Whether what stands behind an instruction is never executed next.</summary>
    public abstract bool Leaves(string instruction);

    /// <summary>Whether an instruction reads, writes or points to a variable on the stack.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="hasFrame">Whether the method keeps the address of its variables in the register that calls have for it, and no value.</param>
    public abstract bool UsesStack(string instruction, bool hasFrame);

    /// <summary>How many products of two elements an instruction gives or adds.</summary>
    public abstract int Products(string instruction);

    /// <summary>An instruction's name, without its operands.</summary>
    protected static string Name(string instruction)
    {
        return instruction.Split(' ', 2)[0];
    }
}
