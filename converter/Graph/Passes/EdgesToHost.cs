using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// The device computes with integers only, so what touches other types at the network's edges moves to the host's side: what makes integers
/// of the inputs goes before the device, what makes the outputs of integers goes after it. What cannot move stays, and is refused by name
/// when the network is lowered.
/// </summary>
internal sealed class EdgesToHost : GraphPass
{
    public override string Name => "edges-to-host";

    public override int Run(NetworkGraph graph)
    {
        int moved = 0;
        int round;
        do
        {
            // In this order: a network that is a single conversion becomes one integer tensor, which is input and output of the device.
            round = MoveBefore(graph, ReadsHostValues);
            round += round > 0 ? 0 : MoveAfter(graph, TouchesHostValues);
            round += round > 0 ? 0 : MoveBefore(graph, TouchesHostValues);
            round += round > 0 ? 0 : MoveBefore(graph, LeadingToHostValues(graph).Contains);
            round += round > 0 ? 0 : MoveAfter(graph, ComingFromHostValues(graph).Contains);
            moved += round;
        }
        while (round > 0);
        return moved;
    }

    /// <summary>Moves nodes that need nothing but what the host has; in their order, so that one may free the next.</summary>
    private static int MoveBefore(NetworkGraph graph, Func<Node, bool> wanted)
    {
        HashSet<Tensor> given = [.. graph.Inputs, .. graph.HostBefore.SelectMany(node => node.Outputs)];
        int moved = 0;
        foreach (Node node in graph.Nodes.ToArray())
        {
            if (node.Inputs.All(input => input is null || input.IsConstant || given.Contains(input)) && wanted(node) && HostSteps.CanExecute(node))
            {
                graph.Nodes.Remove(node);
                graph.HostBefore.Add(node);
                given.UnionWith(node.Outputs);
                moved++;
            }
        }

        return moved;
    }

    /// <summary>Moves nodes whose results the device does not need; from the last to the first, so that one may free the one before.</summary>
    private static int MoveAfter(NetworkGraph graph, Func<Node, bool> wanted)
    {
        int moved = 0;
        HashSet<Tensor> needed = [];
        foreach (Node node in graph.Nodes.ToArray().Reverse())
        {
            if (!node.Outputs.Any(needed.Contains) && wanted(node) && HostSteps.CanExecute(node))
            {
                graph.Nodes.Remove(node);
                graph.HostAfter.Insert(0, node);
                moved++;
            }
            else
            {
                needed.UnionWith(node.Inputs.OfType<Tensor>());
            }
        }

        return moved;
    }

    private static bool ReadsHostValues(Node node)
    {
        return node.Inputs.Any(IsHostValue);
    }

    private static bool TouchesHostValues(Node node)
    {
        return ReadsHostValues(node) || node.Outputs.Any(IsHostValue);
    }

    private static bool IsHostValue(Tensor? tensor)
    {
        return tensor is { IsConstant: false } && !tensor.Type.IsOnDevice();
    }

    /// <summary>Nodes that touch host values, and integer nodes that stand before such a node.</summary>
    private static HashSet<Node> LeadingToHostValues(NetworkGraph graph)
    {
        ILookup<Tensor, Node> writers = graph.Nodes.SelectMany(node => node.Outputs.Select(tensor => (tensor, node))).ToLookup(pair => pair.tensor, pair => pair.node);
        return Reached(graph, node => node.Inputs.OfType<Tensor>().SelectMany(tensor => writers[tensor]));
    }

    /// <summary>Nodes that touch host values, and integer nodes that stand behind such a node.</summary>
    private static HashSet<Node> ComingFromHostValues(NetworkGraph graph)
    {
        ILookup<Tensor, Node> readers = graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Select(tensor => (tensor, node))).ToLookup(pair => pair.tensor, pair => pair.node);
        return Reached(graph, node => node.Outputs.SelectMany(tensor => readers[tensor]));
    }

    private static HashSet<Node> Reached(NetworkGraph graph, Func<Node, IEnumerable<Node>> next)
    {
        HashSet<Node> seen = [.. graph.Nodes.Where(TouchesHostValues)];
        Queue<Node> open = new(seen);
        while (open.TryDequeue(out Node? node))
        {
            foreach (Node neighbour in next(node))
            {
                if (seen.Add(neighbour))
                {
                    open.Enqueue(neighbour);
                }
            }
        }

        return seen;
    }
}
