using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The product of all elements along some axes. Inputs: data, axes. It serves computations with shapes, which become constants.</summary>
internal sealed record ReduceProduct : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        check.Reduces(check.Input(0), check.Input(1));
    }
}
