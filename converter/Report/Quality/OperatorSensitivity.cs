namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What an operator costs by itself.</summary>
/// <param name="Name">The name of its first output.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Operator">Its position in the report; null if it became part of another.</param>
/// <param name="Alone">The measure with this operator quantized and no other.</param>
/// <param name="AllBut">The measure with all operators quantized but this; null if not measured.</param>
/// <param name="Cost">What it is ranked by: the larger, the more it costs.</param>
internal sealed record OperatorSensitivity(string Name, string Kind, int? Operator, double? Alone, double? AllBut, double Cost);
