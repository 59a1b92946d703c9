using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Operators;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>
/// The element types that a network's real tensors get. A tensor has the type that its producer's scheme says; what only moves elements
/// keeps the type of its inputs.
/// </summary>
internal sealed class TensorTypes
{
    private readonly QuantizationContext _context;
    private readonly Dictionary<Tensor, DataType> _tensors = [];
    private readonly Dictionary<Node, DataType> _nodes = [];

    private TensorTypes(QuantizationContext context)
    {
        _context = context;
    }

    /// <summary>Finds the types of all nodes and tensors. States are given to nodes before they are written: the types are sought until they stay.</summary>
    public static TensorTypes Of(QuantizationContext context)
    {
        TensorTypes types = new(context);
        while (types.Find())
        {
        }

        return types;
    }

    /// <summary>What a node computes in: int8, int16, or float32 for one that stays as it is; null for a node without real tensors.</summary>
    public DataType? Of(Node node)
    {
        return _nodes.TryGetValue(node, out DataType type) ? type : null;
    }

    /// <summary>The type that a tensor of real numbers gets; for all others their own.</summary>
    public DataType Of(Tensor tensor)
    {
        return _tensors.GetValueOrDefault(tensor, tensor.Type);
    }

    /// <summary>True for a tensor that a node of real numbers computes or that is to be quantized.</summary>
    public bool IsKnown(Tensor tensor)
    {
        return _tensors.ContainsKey(tensor) || QuantizationContext.IsReal(tensor);
    }

    /// <summary>True for a tensor that held real numbers and holds integers now.</summary>
    public bool IsQuantized(Tensor tensor)
    {
        return Of(tensor) is DataType.Int8 or DataType.Int16 && _tensors.ContainsKey(tensor);
    }

    /// <summary>The wider one of two types: real numbers before 16 before 8 bits.</summary>
    public static DataType Wider(DataType a, DataType b)
    {
        return Rank(a) >= Rank(b) ? a : b;
    }

    /// <summary>The type of a scheme's activations.</summary>
    public static DataType Of(OperatorScheme scheme)
    {
        return scheme.Activations.Type switch
        {
            ActivationType.Int16 => DataType.Int16,
            ActivationType.Float => DataType.Float32,
            _ => DataType.Int8,
        };
    }

    private static int Rank(DataType type)
    {
        return type switch
        {
            DataType.Int8 => 0,
            DataType.Int16 => 1,
            _ => 2,
        };
    }

    private bool Find()
    {
        bool changed = false;
        foreach (Node node in _context.Graph.Nodes.Where(HasReal))
        {
            DataType type = TypeOf(node);
            changed |= !_nodes.TryGetValue(node, out DataType known) || known != type;
            _nodes[node] = type;
            foreach (Tensor output in node.Outputs.Where(QuantizationContext.IsReal))
            {
                _tensors[output] = output.IsState && _tensors.TryGetValue(output, out DataType before) ? Wider(before, type) : type;
            }
        }

        return changed;
    }

    private bool HasReal(Node node)
    {
        return node.Outputs.Any(QuantizationContext.IsReal) || Array.Exists(node.Inputs, QuantizationContext.IsReal);
    }

    private DataType TypeOf(Node node)
    {
        OperatorRule rule = _context.Rule(node);
        DataType scheme = Of(_context.Schemes[node]);
        if (rule.StaysReal)
        {
            return DataType.Float32;
        }

        DataType[] inputs = !rule.FollowsInputs
            ? []
            : [.. node.Inputs.Where(input => QuantizationContext.IsReal(input) && !input!.IsConstant && (!input.IsState || _tensors.ContainsKey(input))).Select(input => Of(input!))];
        return inputs.Length == 0 ? scheme : inputs.Aggregate(Wider);
    }
}
