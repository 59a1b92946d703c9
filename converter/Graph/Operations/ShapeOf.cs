using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The sizes of input 0 as a tensor of integers.</summary>
internal sealed record ShapeOf : Operation
{
    public override Operands Takes() => Operands.Of(1);

    public override void Check(NodeCheck check)
    {
        check.HasElements(check.Output(), check.Input(0).Rank);
    }
}
