namespace EdgeQuant.Converter.Graph;

/// <summary>One reason why a network cannot be converted.</summary>
/// <param name="Place">The node, or another place in the source.</param>
/// <param name="Tensors">The tensors concerned, with types and shapes.</param>
/// <param name="Reason">What was found and what is allowed.</param>
/// <param name="Help">What would help.</param>
internal sealed record Refusal(string Place, IReadOnlyList<string> Tensors, string Reason, string Help)
{
    private const int MostTensors = 24;

    /// <summary>Makes a refusal of a node with its tensors: all of them, unless they are very many.</summary>
    public static Refusal Of(Node node, string reason, string help)
    {
        IEnumerable<string> inputs = node.Inputs.Select((tensor, i) => tensor is null ? $"input {i} absent" : $"input {i} {tensor}");
        IEnumerable<string> outputs = node.Outputs.Select((tensor, i) => $"output {i} {tensor}");
        int more = node.Inputs.Length + node.Outputs.Length - MostTensors;
        IEnumerable<string> rest = more > 0 ? [$"and {more} more"] : [];
        return new Refusal(node.Source.ToString(), [.. inputs.Concat(outputs).Take(MostTensors), .. rest], reason, help);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{Place}: {Reason} [{string.Join("; ", Tensors)}] {Help}";
    }
}
