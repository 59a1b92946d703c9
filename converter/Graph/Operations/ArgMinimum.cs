namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The index of the smallest element along an axis, the first of equal ones. Inputs: data, axis (negative ones count from the last).</summary>
internal sealed record ArgMinimum : Operation;
