namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The logarithm of softmax along the last axis: input 0 to output 0 of the same shape.</summary>
internal sealed record LogSoftmax : Operation;
