namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The product of all elements along some axes. Inputs: data, axes. It serves computations with shapes, which become constants.</summary>
internal sealed record ReduceProduct : Operation;
