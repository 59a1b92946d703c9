using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>A function applied to every element: input 0 to output 0 of the same shape.</summary>
internal sealed record Unary(UnaryFunction Function) : Operation
{
    /// <inheritdoc/>
    public override string Name => Function.ToString();

    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
    }
}
