using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>The ranges that a network's tensors are quantized for: what the recipe says of them, or what calibration found.</summary>
internal sealed class TensorRanges
{
    private readonly QuantizationContext _context;
    private readonly TensorTypes _types;
    private readonly Dictionary<Tensor, Node> _producers = [];
    private readonly Dictionary<Tensor, Node> _consumers = [];
    private readonly Dictionary<(Tensor Tensor, DataType Type, bool Symmetric, CalibrationScheme Calibration), TensorRange> _known = [];

    public TensorRanges(QuantizationContext context, TensorTypes types)
    {
        _context = context;
        _types = types;
        foreach (Node node in context.Graph.Nodes)
        {
            foreach (Tensor output in node.Outputs)
            {
                _producers.TryAdd(output, node);
            }

            foreach (Tensor input in node.Inputs.OfType<Tensor>())
            {
                _consumers.TryAdd(input, node);
            }
        }
    }

    /// <summary>The scheme that a tensor follows: its producer's, or for a network input its first consumer's.</summary>
    public OperatorScheme SchemeOf(Tensor tensor)
    {
        Node? node = _producers.GetValueOrDefault(tensor) ?? _consumers.GetValueOrDefault(tensor);
        return node is null ? _context.Recipe.Operators : _context.Schemes[node];
    }

    /// <summary>The range of a tensor in the type and by the scheme that it has.</summary>
    public TensorRange Of(Tensor tensor)
    {
        return Of(tensor, _types.Of(tensor), SchemeOf(tensor));
    }

    /// <summary>The range of a tensor in another type, by another scheme.</summary>
    public TensorRange Of(Tensor tensor, DataType type, OperatorScheme scheme)
    {
        bool symmetric = scheme.Activations.Symmetric || type == DataType.Int16;
        (Tensor, DataType, bool, CalibrationScheme) key = (tensor, type, symmetric, scheme.Calibration);
        if (!_known.TryGetValue(key, out TensorRange range))
        {
            range = Limited(tensor, Find(tensor, type, symmetric, scheme.Calibration));
            _known.Add(key, range);
        }

        return range;
    }

    private TensorRange Find(Tensor tensor, DataType type, bool symmetric, CalibrationScheme calibration)
    {
        const int Levels8 = 256;
        const int Levels16 = 65536;
        Tensor source = _context.Sources[tensor];
        TensorRule? rule = RecipeMatcher.RuleOf(source, _context.Recipe);
        if (rule?.Range is (float lowest, float highest))
        {
            return new TensorRange(lowest, highest);
        }

        TensorRange range = _context.Ranges.RangeOf(source, rule?.Calibration ?? calibration, type == DataType.Int16 ? Levels16 : Levels8, symmetric);
        if (float.IsFinite(range.Minimum) && float.IsFinite(range.Maximum) && range.Minimum <= range.Maximum)
        {
            return range;
        }

        _context.Refusals.Add(new Refusal(
            $"tensor '{source.Name}'",
            [source.ToString()],
            $"Its values range from {range.Minimum} to {range.Maximum}; needed are finite numbers.",
            "Look for NaN and infinity in the samples, and for overflow in the network."));
        return new TensorRange(-1, 1);
    }

    /// <summary>The range without what the operation before cuts off.</summary>
    private TensorRange Limited(Tensor tensor, TensorRange range)
    {
        if (!_producers.TryGetValue(tensor, out Node? producer))
        {
            return range;
        }

        (float lowest, float highest) = _context.Rule(producer).Limits;
        return new TensorRange(Math.Clamp(range.Minimum, lowest, highest), Math.Clamp(range.Maximum, lowest, highest));
    }
}
