namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Nodes that nothing depends on are removed. What writes a state stays.</summary>
internal sealed class RemoveUnusedNodes : GraphPass
{
    public override string Name => "remove-unused-nodes";

    public override int Run(NetworkGraph graph)
    {
        HashSet<Tensor> used = [];
        Use(used, graph.Outputs.Concat(graph.HostAfter.SelectMany(node => node.Inputs).OfType<Tensor>()));
        int removed = 0;
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (MustStay(node, used))
            {
                Use(used, node.Inputs.OfType<Tensor>());
            }
            else
            {
                graph.Nodes.RemoveAt(i);
                removed++;
            }
        }

        return removed;
    }

    private static void Use(HashSet<Tensor> used, IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            for (Tensor? at = tensor; at is not null; at = at.View?.Base)
            {
                used.Add(at);
            }
        }
    }

    private static bool MustStay(Node node, HashSet<Tensor> used)
    {
        return node.Outputs.Length == 0
            || Array.Exists(node.Outputs, output => used.Contains(output) || output.Root.IsState)
            || Array.Exists(node.Inputs, input => input is { Root.IsState: true });
    }
}
