namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>The import of an operator asked for an input or output that the operator does not have. The importer makes a refusal of it.</summary>
internal sealed class MissingOperandException(string operand) : Exception($"It has no {operand}.");
