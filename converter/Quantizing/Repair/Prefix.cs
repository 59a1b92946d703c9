using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>The part of a network that a tensor depends on.</summary>
internal static class Prefix
{
    /// <summary>
    /// A network of the same nodes that ends with some tensors. With state everything is left as it is: what is written later is read by the
    /// next record.
    /// </summary>
    public static NetworkGraph Of(NetworkGraph graph, params Tensor[] ends)
    {
        Node[] nodes = [.. graph.HostBefore, .. graph.Nodes, .. graph.HostAfter];
        bool hasState = nodes.Any(node => node.Inputs.Concat(node.Outputs).Any(tensor => tensor is { IsState: true }));
        HashSet<Tensor> needed = [.. ends];
        List<Node> kept = [];
        foreach (Node node in nodes.Reverse())
        {
            if (hasState || node.Outputs.Any(needed.Contains))
            {
                kept.Add(node);
                needed.UnionWith(node.Inputs.OfType<Tensor>());
            }
        }

        kept.Reverse();
        NetworkGraph prefix = new(graph.Name);
        prefix.Inputs.AddRange(graph.Inputs);
        prefix.Nodes.AddRange(kept);
        prefix.Outputs.AddRange(ends);
        return prefix;
    }
}
