namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D convolution. Inputs: data [batch, height, width, channels], filter [outputs, height, width, channels of a group], bias [outputs]
/// (optional). Fewer filter channels than data channels mean groups.
/// </summary>
internal sealed record Convolution2D(WindowAttributes Window, Activation Activation) : Operation;
