namespace EdgeQuant.Converter.Quantizing;

/// <summary>A float network cannot be quantized without samples that show what values its tensors take.</summary>
internal sealed class SamplesNeededException(string message) : Exception(message);
