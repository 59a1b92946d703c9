namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Numbers from a start up to, not including, a limit. Inputs: start, limit, step.</summary>
internal sealed record NumberRange : Operation;
