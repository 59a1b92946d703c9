using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>In which orders of axes tensors are wanted by what stands behind them, through element-wise nodes.</summary>
internal sealed class TranspositionDemand
{
    private readonly Dictionary<Tensor, HashSet<string>> _orders = [];

    public TranspositionDemand(NetworkGraph graph)
    {
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
        {
            if (node.Operation is Transpose && ConstantReader.ConstantInts(node.OptionalInput(1)) is int[] order)
            {
                Add(node.Input(0), [Key(order)]);
            }
            else if (LayoutRules.IsElementwise(node.Operation) && _orders.TryGetValue(node.Output(), out HashSet<string>? wanted))
            {
                foreach (Tensor input in node.Inputs.OfType<Tensor>().Where(input => input.Rank == node.Output().Rank))
                {
                    Add(input, wanted);
                }
            }
        }
    }

    public bool Has(Tensor tensor, int[] order)
    {
        return _orders.TryGetValue(tensor, out HashSet<string>? wanted) && wanted.Contains(Key(order));
    }

    private void Add(Tensor tensor, IEnumerable<string> orders)
    {
        if (!_orders.TryGetValue(tensor, out HashSet<string>? known))
        {
            _orders[tensor] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(orders);
    }

    private static string Key(int[] order)
    {
        return string.Join(',', order);
    }
}
