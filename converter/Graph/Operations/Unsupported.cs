using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// A node that has been refused (<see cref="NetworkGraph.Refusals"/>). It keeps its place, so that whatever else stands in the network's way
/// is found too.
/// </summary>
internal sealed record Unsupported : Operation
{
    public override Operands Takes() => new(0, int.MaxValue, 0, int.MaxValue);

    public override void Check(NodeCheck check)
    {
    }
}
