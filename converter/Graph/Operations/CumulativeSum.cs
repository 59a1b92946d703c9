using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Running sums along an axis. Inputs: data, axis (negative ones count from the last).</summary>
/// <param name="Exclusive">Each sum leaves out its own element.</param>
/// <param name="Reverse">Sums run from the end.</param>
internal sealed record CumulativeSum(bool Exclusive, bool Reverse) : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.SameShape(check.Input(0));
    }
}
