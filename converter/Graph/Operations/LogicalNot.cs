namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The opposite of each element of a bool tensor: input 0 to output 0.</summary>
internal sealed record LogicalNot : Operation;
