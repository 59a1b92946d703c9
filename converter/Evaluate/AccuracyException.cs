using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>A quantized network loses more than it may.</summary>
/// <param name="message">How much, and how much it may.</param>
/// <param name="reasons">The operators that cost most, each with what would help.</param>
internal sealed class AccuracyException(string message, IReadOnlyList<Refusal> reasons) : Exception(message)
{
    public IReadOnlyList<Refusal> Reasons { get; } = reasons;
}
