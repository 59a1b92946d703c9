using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The index of the largest element along an axis, the first of equal ones. Inputs: data, axis (negative ones count from the last).</summary>
internal sealed record ArgMaximum : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Reduces(check.Input(0), check.Input(1));
    }
}
