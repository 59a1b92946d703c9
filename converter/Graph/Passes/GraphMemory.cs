namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Estimates the memory that a graph needs, for passes that trade copies for longer lives.</summary>
internal static class GraphMemory
{
    private const int MostVisits = 2_000_000;

    /// <summary>
    /// How often a pass may ask for the peak, each time of all nodes: networks of many thousand nodes would take minutes otherwise. Beyond it
    /// copies stay copies.
    /// </summary>
    public static int MostQuestions(NetworkGraph graph)
    {
        return MostVisits / Math.Max(1, graph.Nodes.Count);
    }

    /// <summary>The most bytes of tensors alive at once: each from the node that first writes it, or a view of it, to the last that reads one.</summary>
    public static long Peak(NetworkGraph graph)
    {
        return Alive(graph).Max();
    }

    /// <summary>The bytes of tensors alive before the first node, during each node, and after the last.</summary>
    public static long[] Alive(NetworkGraph graph)
    {
        Dictionary<Tensor, (int First, int Last)> lives = [];
        foreach (Tensor tensor in graph.DeviceInputs())
        {
            Touch(lives, tensor, -1);
        }

        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (Tensor tensor in graph.Nodes[i].Inputs.OfType<Tensor>().Concat(graph.Nodes[i].Outputs))
            {
                Touch(lives, tensor, i);
            }
        }

        foreach (Tensor tensor in graph.DeviceOutputs())
        {
            Touch(lives, tensor, graph.Nodes.Count);
        }

        long[] alive = new long[graph.Nodes.Count + 3];
        foreach ((Tensor root, (int first, int last)) in lives)
        {
            long bytes = (long)root.ElementCount * root.Type.Bytes();
            alive[first + 1] += bytes;
            alive[last + 2] -= bytes;
        }

        for (int i = 1; i < alive.Length; i++)
        {
            alive[i] += alive[i - 1];
        }

        return alive[..^1];
    }

    private static void Touch(Dictionary<Tensor, (int First, int Last)> lives, Tensor tensor, int position)
    {
        Tensor root = tensor.Root;
        if (root.IsConstant || root.IsState)
        {
            return;
        }

        (int first, int last) = lives.GetValueOrDefault(root, (position, position));
        lives[root] = (Math.Min(first, position), Math.Max(last, position));
    }
}
