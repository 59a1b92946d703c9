namespace EdgeQuant.Converter.Graph.Checks;

/// <summary>Whether values flow, in a new graph as in one that passes have rewritten: what is read has been written before, and only once.</summary>
internal sealed class FlowCheck
{
    private const string Inconsistent = "The file is inconsistent; convert the source network again.";

    private readonly NetworkGraph _graph;
    private readonly HashSet<Tensor> _written = [];
    private readonly List<Refusal> _refusals = [];

    private FlowCheck(NetworkGraph graph)
    {
        _graph = graph;
    }

    /// <summary>Follows the graph from its inputs to its outputs.</summary>
    /// <returns>What is wrong; empty if nothing.</returns>
    public static IReadOnlyList<Refusal> Run(NetworkGraph graph)
    {
        FlowCheck check = new(graph);
        check.Inputs();
        foreach (Node node in graph.HostBefore.Concat(graph.Nodes).Concat(graph.HostAfter))
        {
            check.Follow(node);
        }

        check.Outputs();
        return check._refusals;
    }

    private void Inputs()
    {
        foreach (Tensor tensor in _graph.Inputs)
        {
            Require(!tensor.IsConstant && !tensor.IsState, "inputs of the network", tensor, "An input of the network is a constant or a variable.");
            Require(_written.Add(tensor), "inputs of the network", tensor, "A tensor is an input of the network twice.");
        }
    }

    private void Follow(Node node)
    {
        foreach (Tensor tensor in node.Inputs.OfType<Tensor>())
        {
            Require(IsKnown(tensor), node.Source.ToString(), tensor, "The node reads a tensor that no node before it writes.");
        }

        foreach (Tensor tensor in node.Outputs)
        {
            Require(!tensor.IsConstant, node.Source.ToString(), tensor, "The node writes to a constant.");
            Require(_written.Add(tensor) || tensor.IsState, node.Source.ToString(), tensor, "The node writes to a tensor that has its value already.");
        }
    }

    private void Outputs()
    {
        Require(_graph.Outputs.Count > 0, "outputs of the network", null, "The network has no outputs.");
        foreach (Tensor tensor in _graph.Outputs)
        {
            Require(IsKnown(tensor), "outputs of the network", tensor, "No node writes this output of the network.");
        }
    }

    private bool IsKnown(Tensor tensor)
    {
        return tensor.IsConstant || tensor.IsState || _written.Contains(tensor) || (tensor.View is not null && IsKnown(tensor.View.Base));
    }

    private void Require(bool condition, string place, Tensor? tensor, string otherwise)
    {
        if (!condition)
        {
            _refusals.Add(new Refusal(place, tensor is null ? [] : [tensor.ToString()], otherwise, Inconsistent));
        }
    }
}
