using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// Nodes that need no refusal of their own: those that are refused already, those the host would execute but for a refused node between them and
/// the edge of the network, and conversions for the sake of a node that computes with real numbers, which is the one to be refused.
/// </summary>
internal static class RefusedRegion
{
    /// <summary>Finds the nodes.</summary>
    public static HashSet<Node> Of(NetworkGraph graph)
    {
        ILookup<Tensor, Node> neighbours = graph.Nodes
            .SelectMany(node => HostValues(node).Select(tensor => (tensor, node)))
            .ToLookup(pair => pair.tensor, pair => pair.node);
        HashSet<Node> region = [.. graph.Nodes.Where(node => node.Operation is Unsupported)];
        Queue<Node> open = new(region);
        region.UnionWith(graph.Nodes.Where(node => IsConversion(node) && HostValues(node).SelectMany(tensor => neighbours[tensor]).Any(other => !IsConversion(other))));
        while (open.TryDequeue(out Node? node))
        {
            foreach (Node neighbour in HostValues(node).SelectMany(tensor => neighbours[tensor]))
            {
                if (!region.Contains(neighbour) && HostSteps.CanExecute(neighbour))
                {
                    region.Add(neighbour);
                    open.Enqueue(neighbour);
                }
            }
        }

        return region;
    }

    private static bool IsConversion(Node node)
    {
        return node.Operation is Graph.Operations.Quantize or Dequantize;
    }

    private static IEnumerable<Tensor> HostValues(Node node)
    {
        return node.Inputs.OfType<Tensor>().Concat(node.Outputs).Where(tensor => !tensor.IsConstant && !tensor.Type.IsOnDevice());
    }
}
