namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The sizes of input 0 as a tensor of integers.</summary>
internal sealed record ShapeOf : Operation;
