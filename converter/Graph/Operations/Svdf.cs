namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Singular value decomposition filter: a fully connected layer over the last inferences, its weights products of feature and time filters;
/// <paramref name="Rank"/> filters make a unit. Inputs: data [batch, features], feature weights [filters, features], time weights [filters,
/// memory], bias [units] (optional), state [batch, filters x memory], which the node writes too.
/// </summary>
internal sealed record Svdf(int Rank) : Operation;
