namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>Who makes and who reads each tensor, for passes that rewrite many nodes and keep it up to date.</summary>
internal sealed class TensorUses
{
    private readonly HashSet<Tensor> _outside;
    private readonly Dictionary<Tensor, Node> _makers = [];
    private readonly Dictionary<Tensor, List<Node>> _readers = [];
    private readonly HashSet<Node> _removed = [];
    private readonly NetworkGraph _graph;

    public TensorUses(NetworkGraph graph)
    {
        _graph = graph;
        _outside = [.. graph.Outputs, .. graph.HostAfter.SelectMany(node => node.Inputs).OfType<Tensor>()];
        foreach (Node node in graph.Nodes)
        {
            Add(node);
        }
    }

    /// <summary>The node that makes a tensor; null for inputs, constants and states.</summary>
    public Node? Maker(Tensor? tensor)
    {
        return tensor is null ? null : _makers.GetValueOrDefault(tensor);
    }

    /// <summary>The nodes that read a tensor, each as often as it does.</summary>
    public IReadOnlyList<Node> Readers(Tensor tensor)
    {
        return _readers.TryGetValue(tensor, out List<Node>? readers) ? readers : [];
    }

    /// <summary>True if nothing but nodes of the device reads a tensor.</summary>
    public bool IsInside(Tensor tensor)
    {
        return !_outside.Contains(tensor);
    }

    /// <summary>True if one node reads a tensor, once, and nothing else does.</summary>
    public bool HasOneReader(Tensor tensor)
    {
        return IsInside(tensor) && Readers(tensor).Count == 1;
    }

    /// <summary>Lets a node make what another one makes of its output; the other is removed.</summary>
    public void Merge(Node node, Node behind)
    {
        Remove(behind);
        _makers.Remove(node.Output());
        node.Outputs = behind.Outputs;
        _makers[node.Output()] = node;
    }

    /// <summary>Gives a node other inputs.</summary>
    public void SetInputs(Node node, Tensor?[] inputs)
    {
        Forget(node);
        node.Inputs = inputs;
        Remember(node);
    }

    /// <summary>Removes a node; whoever reads what it made must have been given something else.</summary>
    public void Remove(Node node)
    {
        Forget(node);
        _removed.Add(node);
    }

    public bool IsRemoved(Node node)
    {
        return _removed.Contains(node);
    }

    /// <summary>Takes the removed nodes out of the graph.</summary>
    /// <returns>How many they were.</returns>
    public int Finish()
    {
        return _graph.Nodes.RemoveAll(_removed.Contains);
    }

    private void Add(Node node)
    {
        foreach (Tensor output in node.Outputs)
        {
            _makers[output] = node;
        }

        Remember(node);
    }

    private void Remember(Node node)
    {
        foreach (Tensor input in node.Inputs.OfType<Tensor>())
        {
            if (!_readers.TryGetValue(input, out List<Node>? readers))
            {
                _readers[input] = readers = [];
            }

            readers.Add(node);
        }
    }

    private void Forget(Node node)
    {
        foreach (Tensor input in node.Inputs.OfType<Tensor>())
        {
            _readers[input].Remove(node);
        }
    }
}
