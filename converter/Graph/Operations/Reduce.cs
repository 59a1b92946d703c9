using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// One element made of all along some axes. Inputs: data, axes (a scalar or a vector; negative ones count from the last). Reduced axes stay
/// in the output's shape with size 1, or go.
/// </summary>
internal sealed record Reduce(ReduceFunction Function, bool KeepDimensions) : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Reduces(check.Input(0), check.Input(1));
    }
}
