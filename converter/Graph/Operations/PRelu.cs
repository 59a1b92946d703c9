namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Parametric rectifier: x from 0, slope times x below. Inputs: data, slopes, broadcast against each other.</summary>
internal sealed record PRelu : Operation;
