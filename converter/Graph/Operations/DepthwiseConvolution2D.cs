namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D depthwise convolution. Inputs: data [batch, height, width, channels], filter [1, height, width, outputs], bias [outputs] (optional).
/// </summary>
internal sealed record DepthwiseConvolution2D(WindowAttributes Window, Activation Activation) : Operation;
