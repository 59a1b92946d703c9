using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Operators;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>What the steps of a quantization work with: the graph, which they rewrite, and what is known of its nodes and tensors.</summary>
/// <param name="graph">A copy of the float network.</param>
/// <param name="recipe">How it is quantized.</param>
/// <param name="ranges">What values the float network's tensors take.</param>
internal sealed class QuantizationContext(NetworkGraph graph, Recipe recipe, ITensorRanges ranges)
{
    private readonly Dictionary<Node, OperatorRule> _rules = [];

    public NetworkGraph Graph { get; } = graph;

    public Recipe Recipe { get; } = recipe;

    public ITensorRanges Ranges { get; } = ranges;

    /// <summary>The float network's tensor that a tensor of the graph holds the values of.</summary>
    public Dictionary<Tensor, Tensor> Sources { get; } = [];

    /// <summary>The quantized tensor where it is another than the float tensor's copy, by copy.</summary>
    public Dictionary<Tensor, Tensor> Quantized { get; } = [];

    /// <summary>The scheme of each node.</summary>
    public Dictionary<Node, OperatorScheme> Schemes { get; } = [];

    /// <summary>Weights that are quantized already, by float tensor.</summary>
    public IReadOnlyDictionary<Tensor, QuantizedWeights> Weights { get; init; } = new Dictionary<Tensor, QuantizedWeights>();

    /// <summary>All that stands in the way, collected.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>True for tensors of real numbers.</summary>
    public static bool IsReal(Tensor? tensor)
    {
        return tensor?.Type is DataType.Float16 or DataType.Float32 or DataType.Float64;
    }

    /// <summary>True for a node of 8 bits that finds the scale of its results while the network runs.</summary>
    public bool FindsScale(Node node)
    {
        return DynamicProduct.Knows(node.Operation)
            && Schemes.TryGetValue(node, out OperatorScheme? scheme)
            && scheme.Activations.Type == ActivationType.Dynamic
            && node.Output().Type == DataType.Int8;
    }

    /// <summary>What the device asks of a node; it stays the same while the node's tensors change their types.</summary>
    public OperatorRule Rule(Node node)
    {
        if (!_rules.TryGetValue(node, out OperatorRule? rule))
        {
            rule = OperatorRules.Of(node);
            _rules.Add(node, rule);
        }

        return rule;
    }

    /// <summary>Notes what a constant has become.</summary>
    /// <returns>The quantized constant, or an equal one that was made of it before.</returns>
    public Tensor Constant(Tensor constant, Tensor quantized)
    {
        if (Quantized.TryGetValue(constant, out Tensor? known)
            && known.Type == quantized.Type
            && Equals(known.Quantization, quantized.Quantization)
            && (known.Shared is null) == (quantized.Shared is null)
            && known.Data!.Value.Span.SequenceEqual(quantized.Data!.Value.Span))
        {
            return known;
        }

        Quantized[constant] = quantized;
        return quantized;
    }

    /// <summary>Says that a node cannot be quantized as its scheme says, and why.</summary>
    public void Refuse(Node node, string reason, string help)
    {
        Refusals.Add(Refusal.Of(node, reason, help));
    }
}
