using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>x over the root of the sum of squares along the last axis: input 0 to output 0 of the same shape.</summary>
internal sealed record L2Normalization : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.HasRows();
    }
}
