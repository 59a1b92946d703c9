using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// A value that is copied into a state is computed there at once: it becomes a view of the state, where nothing needs what the state held
/// before from the node that computes it on, and the state is not written again while the value is still read.
/// </summary>
internal sealed class StateWrites : GraphPass
{
    public override string Name => "state-writes";

    public override int Run(NetworkGraph graph)
    {
        int made = 0;
        foreach (Node node in graph.Nodes.ToArray())
        {
            if (node.Operation is Copy && node.Output() is { IsState: true } state && MayWriteAtOnce(graph, node, node.Input(0), state))
            {
                node.Input(0).View = new TensorView(state, 0);
                graph.Nodes.Remove(node);
                made++;
            }
        }

        return made;
    }

    private static bool MayWriteAtOnce(NetworkGraph graph, Node copy, Tensor value, Tensor state)
    {
        int end = graph.Nodes.IndexOf(copy);
        int start = graph.Nodes.FindIndex(node => node.Outputs.Contains(value));
        if (value.View is not null || value.IsConstant || value.IsState || start < 0 || start >= end || value.Type != state.Type || value.ElementCount != state.ElementCount)
        {
            return false;
        }

        // What is put together of pieces has many writers, and what the host reads must lie in the arena.
        bool inPieces = graph.Nodes.Exists(node => Array.Exists(node.Outputs, output => output != value && output.Root == value));
        if (inPieces || graph.DeviceOutputs().Any(output => output.Root == value) || graph.DeviceInputs().Contains(value))
        {
            return false;
        }

        for (int i = start; i < end; i++)
        {
            if (Touches(graph.Nodes[i], state))
            {
                return false;
            }
        }

        int nextWrite = graph.Nodes.FindIndex(end + 1, node => StateReads.Writes(node, state));
        return nextWrite < 0 || graph.Nodes.FindLastIndex(node => Array.Exists(node.Inputs, input => input?.Root == value)) < nextWrite;
    }

    private static bool Touches(Node node, Tensor state)
    {
        return Array.Exists(node.Inputs, input => input?.Root == state) || Array.Exists(node.Outputs, output => output.Root == state);
    }
}
