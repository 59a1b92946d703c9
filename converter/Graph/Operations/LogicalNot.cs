using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The opposite of each element of a bool tensor: input 0 to output 0.</summary>
internal sealed record LogicalNot : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.KeepsElements();
    }
}
