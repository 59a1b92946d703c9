using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Input 0, copied to output 0. Passes make it where a value has to stand in a memory of its own.</summary>
internal sealed record Copy : MovementOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override MovementResult Resolve(Node node)
    {
        return MovementResult.Of(node.Output(), WholeRegion.Of(node.Input(0)));
    }
}
