using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The sum of all inputs, which have the same shape.</summary>
internal sealed record AddMany : Operation
{
    public override Operands Takes() => Operands.Many;

    public override void Check(NodeCheck check)
    {
        for (int i = 0; i < check.Node.Inputs.Length; i++)
        {
            check.SameShape(check.Input(i));
        }
    }
}
