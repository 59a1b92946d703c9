namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What each operator costs by itself, most costly first.</summary>
/// <param name="Measure">What was measured: <c>SQNR of the output, dB</c> say.</param>
/// <param name="Quantized">The measure with all operators quantized.</param>
/// <param name="Ranking">The operators.</param>
/// <param name="Suggestion">The changes of recipe that would help, in words, a line each; null if none would.</param>
internal sealed record SensitivityFigures(string Measure, double Quantized, IReadOnlyList<OperatorSensitivity> Ranking, string? Suggestion);
