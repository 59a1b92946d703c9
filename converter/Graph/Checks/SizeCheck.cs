using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Checks;

/// <summary>Whether a network is of a size that EdgeQuant is made for: bounds for memory and time, whatever a file claims.</summary>
internal static class SizeCheck
{
    /// <summary>The most nodes.</summary>
    public const int MostNodes = 10_000;

    /// <summary>The most bytes that all values together take which are no constants.</summary>
    public const long MostBytes = 512 * 1024 * 1024;

    /// <summary>The most inputs and outputs of all nodes and of the network together.</summary>
    public const int MostOperands = 40_000;

    /// <summary>Refuses at once what has more nodes than can be looked at.</summary>
    /// <exception cref="UnsupportedNetworkException">There are more than <see cref="MostNodes"/>.</exception>
    public static void RequireNodes(long nodes)
    {
        if (nodes > MostNodes)
        {
            throw new UnsupportedNetworkException([new Refusal("network", [], $"It has {nodes} nodes; supported are {MostNodes}.", "Split the network.")]);
        }
    }

    /// <summary>Asks for the number of operands, then for the sizes of all tensors.</summary>
    /// <returns>What is wrong; empty if nothing.</returns>
    public static IReadOnlyList<Refusal> Run(NetworkGraph graph)
    {
        int operands = graph.Nodes.Sum(node => node.Inputs.Length + node.Outputs.Length) + graph.Inputs.Count + graph.Outputs.Count;
        if (operands > MostOperands)
        {
            return [new Refusal("network", [], $"Its nodes have {operands} inputs and outputs; supported are {MostOperands}.", "Split the network.")];
        }

        Tensor[] tensors = [.. graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Concat(graph.Inputs).Concat(graph.Outputs).Distinct()];
        Refusal[] refusals = [.. tensors.Select(Problem).OfType<Refusal>()];
        return refusals.Length > 0 ? refusals : Together(tensors);
    }

    private static Refusal? Problem(Tensor tensor)
    {
        Refusal Of(string reason) => new("tensor", [tensor.ToString()], $"The tensor {tensor} {reason}", "Give its shape fixed sizes in the source network.");

        if (tensor.Rank > HostTensorCheck.MaximumRank)
        {
            return Of($"has {tensor.Rank} dimensions; supported are {HostTensorCheck.MaximumRank}.");
        }

        if (Array.Exists(tensor.Shape, size => size < 1) && !(tensor.IsConstant && tensor.Shape is [0]))
        {
            return Of("has no elements.");
        }

        return Elements(tensor) > int.MaxValue ? Of($"has more than {int.MaxValue} elements.") : null;
    }

    private static IReadOnlyList<Refusal> Together(Tensor[] tensors)
    {
        Tensor[] values = [.. tensors.Where(tensor => !tensor.IsConstant)];
        long bytes = values.Sum(Bytes);
        if (bytes <= MostBytes)
        {
            return [];
        }

        IEnumerable<string> largest = values.OrderByDescending(Bytes).Take(3).Select(tensor => tensor.ToString());
        return [new Refusal("network", [.. largest], $"Its values take {bytes} bytes together; supported are {MostBytes}. The largest are listed.", "Use a smaller input, or fewer channels.")];
    }

    private static long Bytes(Tensor tensor)
    {
        return Elements(tensor) * Math.Max(tensor.Type.Bytes(), 1);
    }

    private static long Elements(Tensor tensor)
    {
        return tensor.Shape.Aggregate(1L, (product, size) => Math.Min(product * size, 1L << 32));
    }
}
