using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>An operation that computes nothing: its outputs are elements of its inputs in other places.</summary>
internal abstract record MovementOperation : Operation
{
    /// <summary>Finds what a node with this operation moves. Ask through <see cref="Movements.Resolve"/>, which checks the answer.</summary>
    public abstract MovementResult Resolve(Node node);

    /// <summary>What can be moved fits; what depends on a tensor that is no constant yet may still become known.</summary>
    public sealed override void Check(NodeCheck check)
    {
        if (Movements.Resolve(check.Node) is { Reason: string reason, NeedsConstant: false } result)
        {
            check.Refuse(reason, result.Help);
        }
    }
}
