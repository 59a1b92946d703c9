namespace EdgeQuant.Converter.Graph;

/// <summary>A network that is well formed but cannot be supported: all reasons at once.</summary>
internal sealed class UnsupportedNetworkException(IReadOnlyList<Refusal> refusals)
    : Exception($"The network cannot be converted: {refusals.Count} reason(s). " + string.Join(Environment.NewLine, refusals))
{
    public IReadOnlyList<Refusal> Refusals { get; } = refusals;
}
