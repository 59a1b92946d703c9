using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Numbers from a start up to, not including, a limit. Inputs: start, limit, step.</summary>
internal sealed record NumberRange : Operation
{
    public override Operands Takes() => Operands.Of(3);

    public override void Check(NodeCheck check)
    {
        foreach (int input in Enumerable.Range(0, 3))
        {
            check.HasElements(check.Input(input), 1);
        }
    }
}
