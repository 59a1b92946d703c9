namespace EdgeQuant.Converter.Evaluate;

/// <summary>Networks, samples and labels do not fit together, so that nothing can be measured.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
