namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Whether a piece of state may be read in place.</summary>
internal static class StateReads
{
    /// <summary>
    /// True unless the source lies in a state that something may write before the last reader of the target has read it. A node that is
    /// given a state counts as writing it, unless it only moves elements out of it.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The node that makes the target of the source.</param>
    /// <param name="source">What would be read in place.</param>
    /// <param name="target">What would become a view of it.</param>
    public static bool AreSafe(NetworkGraph graph, Node node, Tensor source, Tensor target)
    {
        Tensor state = source.Root;
        if (!state.IsState)
        {
            return true;
        }

        int firstWrite = graph.Nodes.FindIndex(graph.Nodes.IndexOf(node) + 1, other => Writes(other, state));
        if (firstWrite < 0)
        {
            return true;
        }

        bool leaves = graph.DeviceOutputs().Any(output => IsPartOf(output, target));
        return !leaves && graph.Nodes.FindLastIndex(other => Array.Exists(other.Inputs, input => IsPartOf(input, target))) < firstWrite;
    }

    /// <summary>True if a node may change a state: it writes to it, or it is given the state itself and does more than to move elements out of it.</summary>
    public static bool Writes(Node node, Tensor state)
    {
        return Array.Exists(node.Outputs, output => output.Root == state)
            || (node.Operation is not Movement.MovementOperation && Array.Exists(node.Inputs, input => input == state));
    }

    /// <summary>True for a tensor and for all views of it.</summary>
    private static bool IsPartOf(Tensor? tensor, Tensor whole)
    {
        for (Tensor? at = tensor; at is not null; at = at.View?.Base)
        {
            if (at == whole)
            {
                return true;
            }
        }

        return false;
    }
}
