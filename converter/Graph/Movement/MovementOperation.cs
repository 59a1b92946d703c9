namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>An operation that computes nothing: its outputs are elements of its inputs in other places.</summary>
internal abstract record MovementOperation : Operation
{
    /// <summary>Finds what a node with this operation moves. Ask through <see cref="Movements.Resolve"/>, which checks the answer.</summary>
    public abstract MovementResult Resolve(Node node);
}
