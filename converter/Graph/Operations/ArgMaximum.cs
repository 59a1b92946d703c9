namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The index of the largest element along an axis, the first of equal ones. Inputs: data, axis (negative ones count from the last).</summary>
internal sealed record ArgMaximum : Operation;
