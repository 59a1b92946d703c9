using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Elements of one tensor where a condition holds and of another where not. Inputs: condition (bool), elements where it holds, elements where
/// not, all broadcast against each other.
/// </summary>
/// <param name="AlongFirstAxis">
/// A condition of one dimension, and fewer than the elements, belongs to their first axis (SELECT) instead of their last (SELECT_V2).
/// </param>
internal sealed record Select(bool AlongFirstAxis) : Operation
{
    public override Operands Takes() => Operands.Of(3);

    public override void Check(NodeCheck check)
    {
        int[] condition = check.Input(0).Shape;
        int rank = check.Output().Rank;
        check.Broadcasts(
            AlongFirstAxis && condition.Length == 1 && rank > 1 ? [condition[0], .. Enumerable.Repeat(1, rank - 1)] : condition,
            check.Input(1).Shape,
            check.Input(2).Shape);
    }
}
