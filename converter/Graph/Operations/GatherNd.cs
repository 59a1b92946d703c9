namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Slices of the data at positions that are tuples of indices into its outer axes. Inputs: data, indices [..., tuple]. Output: [..., the axes
/// of the data that the tuple leaves].
/// </summary>
internal sealed record GatherNd : Operation;
