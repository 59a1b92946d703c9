using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// The same elements in another shape (reshape, squeeze, expand dimensions): input 0 to output 0. Further inputs say the shape, which the
/// output has already.
/// </summary>
internal sealed record Reshape : MovementOperation
{
    public override Operands Takes() => Operands.Of(1, optional: 1);

    public override MovementResult Resolve(Node node)
    {
        return MovementResult.Of(node.Output(), WholeRegion.Of(node.Input(0)));
    }
}
