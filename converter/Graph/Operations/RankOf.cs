namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The number of axes of input 0.</summary>
internal sealed record RankOf : Operation;
