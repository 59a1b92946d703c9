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
            round += round > 0 ? 0 : MoveBefore(graph, node => LeadsToHostValues(graph, node));
            round += round > 0 ? 0 : MoveAfter(graph, node => ComesFromHostValues(graph, node));
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
        foreach (Node node in graph.Nodes.ToArray().Reverse())
        {
            if (!node.Outputs.SelectMany(graph.Consumers).Any() && wanted(node) && HostSteps.CanExecute(node))
            {
                graph.Nodes.Remove(node);
                graph.HostAfter.Insert(0, node);
                moved++;
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

    /// <summary>True if an integer node stands before one that has to move to the host.</summary>
    private static bool LeadsToHostValues(NetworkGraph graph, Node node)
    {
        return Reaches(node, from => from.Outputs.SelectMany(graph.Consumers));
    }

    /// <summary>True if an integer node stands after one that has to move to the host.</summary>
    private static bool ComesFromHostValues(NetworkGraph graph, Node node)
    {
        return Reaches(node, from => from.Inputs.OfType<Tensor>().Select(graph.Producer).OfType<Node>());
    }

    private static bool Reaches(Node start, Func<Node, IEnumerable<Node>> next)
    {
        HashSet<Node> seen = [start];
        Queue<Node> open = new([start]);
        while (open.TryDequeue(out Node? node))
        {
            if (TouchesHostValues(node))
            {
                return true;
            }

            foreach (Node neighbour in next(node))
            {
                if (seen.Add(neighbour))
                {
                    open.Enqueue(neighbour);
                }
            }
        }

        return false;
    }
}
