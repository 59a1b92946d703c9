namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Matrix product. Inputs: data [..., columns], weights [outputs, columns], bias [outputs] (optional).</summary>
internal sealed record FullyConnected(Activation Activation) : Operation;
