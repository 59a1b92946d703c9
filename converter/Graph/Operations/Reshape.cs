namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The same elements in another shape (reshape, squeeze, expand dimensions): input 0 to output 0.</summary>
internal sealed record Reshape : Operation;
