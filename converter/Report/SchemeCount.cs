namespace EdgeQuant.Converter.Report;

/// <summary>How many operators are quantized by a scheme.</summary>
/// <param name="Scheme">The scheme, in a few words.</param>
/// <param name="Operators">The operators.</param>
internal sealed record SchemeCount(string Scheme, int Operators);
