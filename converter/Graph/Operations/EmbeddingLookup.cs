namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Rows of a table. Inputs: indices [rows], table [entries, ...]. Output: [rows, ...].</summary>
internal sealed record EmbeddingLookup : Operation;
