using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Checks;

/// <summary>
/// What stands between importers and passes: a graph that comes out of it has nodes with all their operands, in an order in which they can be
/// executed, and every tensor has the shape that its node computes.
/// </summary>
internal static class GraphCheck
{
    /// <summary>
    /// Checks the graph. Nodes whose own shapes do not fit are added to the graph's refusals and become <see cref="Unsupported"/>, so that the
    /// rest can be looked at too.
    /// </summary>
    /// <exception cref="UnsupportedNetworkException">There is no looking at the rest: values do not flow, or are too large.</exception>
    public static void Run(NetworkGraph graph)
    {
        ThrowIfAny(graph, SizeCheck.Run(graph));
        foreach (Node node in graph.Nodes)
        {
            IReadOnlyList<Refusal> refusals = NodeCheck.Run(node);
            if (refusals.Count > 0)
            {
                graph.Refuse(node, refusals);
            }
        }

        ThrowIfAny(graph, FlowCheck.Run(graph));
    }

    private static void ThrowIfAny(NetworkGraph graph, IReadOnlyList<Refusal> fatal)
    {
        if (fatal.Count > 0)
        {
            throw new UnsupportedNetworkException([.. graph.Refusals, .. fatal]);
        }
    }
}
