namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>x, or <paramref name="Alpha"/> x where x is negative: input 0 to output 0 of the same shape.</summary>
/// <param name="Alpha">The slope below zero; it may be negative or above 1.</param>
internal sealed record LeakyRelu(float Alpha) : Operation;
