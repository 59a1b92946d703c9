namespace EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

/// <summary>The options of a custom operator are damaged or not what the operator needs. The importer makes a refusal of it.</summary>
internal sealed class CustomOptionsException(string problem) : Exception(problem);
