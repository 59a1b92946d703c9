namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Elements of one tensor where a condition holds and of another where not. Inputs: condition (bool), elements where it holds, elements where
/// not, all broadcast against each other.
/// </summary>
/// <param name="AlongFirstAxis">
/// A condition of one dimension, and fewer than the elements, belongs to their first axis (SELECT) instead of their last (SELECT_V2).
/// </param>
internal sealed record Select(bool AlongFirstAxis) : Operation;
