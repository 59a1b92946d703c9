namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The shape that two shapes broadcast to. Inputs: both shapes as tensors of integers.</summary>
internal sealed record BroadcastShapes : Operation;
