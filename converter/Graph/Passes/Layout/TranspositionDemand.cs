using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>In which orders of axes tensors are wanted by what stands behind them, through nodes that keep axes.</summary>
internal sealed class TranspositionDemand
{
    private readonly Dictionary<Tensor, Dictionary<string, int[]>> _orders = [];
    private readonly Dictionary<Tensor, int[]> _images = [];
    private readonly Dictionary<Tensor, int[]?> _only = [];

    public TranspositionDemand(NetworkGraph graph)
    {
        foreach (Tensor output in graph.Outputs)
        {
            _only[output] = null;
        }

        HashSet<Tensor> images = [.. graph.Nodes.Where(node => LayoutRules.TakesImages(node.Operation)).Select(node => node.Input(0))];
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
        {
            AddOnly(node);
            if (node.Operation is Transpose && ConstantReader.ConstantInts(node.OptionalInput(1)) is int[] order)
            {
                Add(node.Input(0), order);
                if (images.Contains(node.Output()))
                {
                    _images[node.Input(0)] = order;
                }
            }
            else if (LayoutRules.KeepsAxes(node.Operation))
            {
                PassOn(node);
            }
        }
    }

    /// <summary>True if something behind a tensor wants it in an order.</summary>
    public bool Has(Tensor tensor, int[] order)
    {
        return _orders.TryGetValue(tensor, out Dictionary<string, int[]>? wanted) && wanted.ContainsKey(Key(order));
    }

    /// <summary>An order that something behind a tensor wants which takes images in that order only; null if there is nothing.</summary>
    public int[]? OfImages(Tensor tensor)
    {
        return _images.GetValueOrDefault(tensor);
    }

    /// <summary>The order that everything behind some tensors wants; null if there are several, or something takes one as it is.</summary>
    public int[]? Only(IReadOnlyList<Tensor> tensors)
    {
        int[]? first = _only.GetValueOrDefault(tensors[0]);
        return first is not null && tensors.All(tensor => _only.GetValueOrDefault(tensor) is int[] other && other.AsSpan().SequenceEqual(first)) ? first : null;
    }

    /// <summary>What is wanted of a node's outputs is wanted of its inputs.</summary>
    private void PassOn(Node node)
    {
        foreach (Tensor output in node.Outputs)
        {
            foreach (Tensor input in node.Inputs.OfType<Tensor>().Where(input => input.Rank == output.Rank))
            {
                foreach (int[] order in _orders.TryGetValue(output, out Dictionary<string, int[]>? wanted) ? wanted.Values.ToArray() : [])
                {
                    Add(input, order);
                }

                if (_images.TryGetValue(output, out int[]? image))
                {
                    _images.TryAdd(input, image);
                }
            }
        }
    }

    private void AddOnly(Node node)
    {
        int[]? order = node.Operation is Transpose
            ? Together(node)
            : LayoutRules.KeepsAxes(node.Operation) ? Only(node.Outputs) : null;
        foreach (Tensor input in node.Inputs.OfType<Tensor>())
        {
            int[]? wanted = order is not null && input.Rank == order.Length ? order : null;
            _only[input] = !_only.TryGetValue(input, out int[]? known) || (known is not null && wanted is not null && known.AsSpan().SequenceEqual(wanted)) ? wanted : null;
        }
    }

    /// <summary>A transposition and what is wanted behind it; null if both undo each other.</summary>
    private int[]? Together(Node transposition)
    {
        int[]? order = ConstantReader.ConstantInts(transposition.OptionalInput(1));
        if (order is null || _only.GetValueOrDefault(transposition.Output()) is not int[] behind)
        {
            return order;
        }

        int[] both = Permutation.Compose(order, behind);
        return both.SequenceEqual(both.Order()) ? null : both;
    }

    private void Add(Tensor tensor, int[] order)
    {
        if (!_orders.TryGetValue(tensor, out Dictionary<string, int[]>? known))
        {
            _orders[tensor] = known = new Dictionary<string, int[]>(StringComparer.Ordinal);
        }

        known.TryAdd(Key(order), order);
    }

    private static string Key(int[] order)
    {
        return string.Join(',', order);
    }
}
