namespace EdgeQuant.Converter.Graph;

/// <summary>A network that is well formed but cannot be supported: all reasons at once.</summary>
internal sealed class UnsupportedNetworkException(IReadOnlyList<Refusal> refusals) : Exception(MessageOf(refusals))
{
    private const int MostInMessage = 100;

    public IReadOnlyList<Refusal> Refusals { get; } = refusals;

    private static string MessageOf(IReadOnlyList<Refusal> refusals)
    {
        IEnumerable<string> shown = refusals.Take(MostInMessage).Select(refusal => refusal.ToString());
        IEnumerable<string> rest = refusals.Count > MostInMessage ? [$"and {refusals.Count - MostInMessage} more"] : [];
        return $"The network cannot be converted: {refusals.Count} reason(s). " + string.Join(Environment.NewLine, shown.Concat(rest));
    }
}
