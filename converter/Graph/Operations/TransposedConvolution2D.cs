namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// 2-D transposed convolution: every data pixel adds its multiple of the filter to the output, at its position times the stride minus the
/// padding. Inputs: data [batch, height, width, channels], filter [outputs, height, width, channels], bias [outputs] (optional).
/// </summary>
internal sealed record TransposedConvolution2D(int StrideHeight, int StrideWidth, int PaddingTop, int PaddingLeft, Activation Activation) : Operation;
