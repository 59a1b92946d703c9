namespace EdgeQuant.Converter.Report;

/// <summary>An attribute of an operator, under the name that the operator itself reads it by.</summary>
internal sealed record AttributeReport(string Name, int Value);
