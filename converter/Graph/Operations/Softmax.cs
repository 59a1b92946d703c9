namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>exp(<paramref name="Beta"/> x) over its sum along the last axis: input 0 to output 0 of the same shape.</summary>
internal sealed record Softmax(float Beta) : Operation;
