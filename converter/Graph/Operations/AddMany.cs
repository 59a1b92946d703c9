namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The sum of all inputs, which have the same shape.</summary>
internal sealed record AddMany : Operation;
