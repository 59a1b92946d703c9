using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph;

/// <summary>
/// What a node computes: one record a kind, with its attributes. Independent of any file format; the importers make them, passes rewrite
/// them, lowering turns them into operators of the runtime.
/// </summary>
internal abstract record Operation
{
    /// <summary>The name in reports.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>How many inputs and outputs a node has.</summary>
    public abstract Operands Takes();

    /// <summary>
    /// Asks whether attributes and shapes of a node fit each other, above all that each output has the shape that the operation computes.
    /// Inputs and outputs are as many as <see cref="Takes"/> says. Element types, and what depends on inputs that may still become
    /// constants, are left to the lowering. Passes and lowerings rely on the answer.
    /// </summary>
    public abstract void Check(NodeCheck check);
}
