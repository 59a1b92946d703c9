using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Dynamic;

/// <summary>
/// Makes the operators dynamic whose scheme says so, in a graph that has been quantized as if they were not. Each one's former output is made of
/// the new results by a <see cref="Settle"/>; then readers that can take results as they are do so (other dynamic operators, through what passes
/// scales on; the network's outputs; comparisons), and what nobody needs any more is removed. A network input that dynamic operators alone read
/// is quantized for each record, unless the recipe gives its range.
/// </summary>
internal sealed class DynamicRewriter
{
    private readonly QuantizationContext _context;
    private readonly NetworkGraph _graph;
    private readonly HashSet<Node> _dynamic;
    private readonly Dictionary<Tensor, DynamicTensor> _values = [];

    private DynamicRewriter(QuantizationContext context)
    {
        _context = context;
        _graph = context.Graph;
        _dynamic = [.. _graph.Nodes.Where(context.FindsScale)];
    }

    /// <summary>Rewrites the graph.</summary>
    public static void Run(QuantizationContext context)
    {
        DynamicRewriter rewriter = new(context);
        if (rewriter._dynamic.Count == 0)
        {
            return;
        }

        foreach (Node node in context.Graph.Nodes.Where(rewriter._dynamic.Contains).ToArray())
        {
            rewriter.Rewrite(node);
        }

        foreach (Node node in context.Graph.Nodes.ToArray())
        {
            rewriter.Shorten(node);
        }

        rewriter.RemoveUnused();
    }

    /// <summary>
    /// The float network's tensors whose range still matters: those that have their scale, or shared one, with what the graph's tensors are
    /// quantized to.
    /// </summary>
    public static HashSet<Tensor> WithFixedScales(QuantizationContext context)
    {
        HashSet<Quantization> used = new(ReferenceEqualityComparer.Instance);
        used.UnionWith(context.Graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Select(tensor => tensor.Quantization).OfType<Quantization>());
        return [.. context.Sources.Where(pair => pair.Key.Quantization is Quantization own && used.Contains(own)).Select(pair => pair.Value)];
    }

    private void Rewrite(Node node)
    {
        int data = node.Operation is BatchMatrixProduct ? 2 : 1;
        DynamicTensor?[] inputs = [.. node.Inputs.Take(data).Select(input => ValueOf(input!))];
        Tensor settled = node.Output();
        DynamicTensor results = DynamicQuantization.NewTensor(settled);
        DynamicQuantization.Apply(node, _context.Schemes[node].Activations.Symmetric, inputs, results);
        Replace(settled, results, node);
    }

    /// <summary>From now on a tensor is made of a value that a node writes.</summary>
    private void Replace(Tensor settled, DynamicTensor value, Node producer)
    {
        settled.Name += "_" + settled.Type.ToString().ToLowerInvariant();
        _graph.Nodes.Insert(_graph.Nodes.IndexOf(producer) + 1, DynamicQuantization.Settle(value, settled));
        Know(settled, value);
    }

    private void Know(Tensor tensor, DynamicTensor value)
    {
        _values.Add(tensor, value);
        foreach (Tensor copy in _context.Quantized.Where(pair => pair.Value == tensor).Select(pair => pair.Key).ToArray())
        {
            _context.Quantized[copy] = value.Data;
        }

        _context.Quantized[tensor] = value.Data;
        _context.Sources[value.Data] = _context.Sources[tensor];
    }

    /// <summary>The value that a tensor is made of; null if its scale is its own.</summary>
    private DynamicTensor? ValueOf(Tensor tensor)
    {
        if (_values.TryGetValue(tensor, out DynamicTensor? known))
        {
            return known;
        }

        Node? producer = _graph.Producer(tensor);
        if (producer is { Operation: Quantize } && MayQuantizeEachRecord(producer))
        {
            return QuantizeEachRecord(producer);
        }

        return producer is not null && DynamicPassage.Passes(producer) && ValueOf(producer.Input(0)) is DynamicTensor value ? PassOn(producer, value, tensor) : null;
    }

    /// <summary>Lets a node work on a value; all its results have the same scale.</summary>
    private DynamicTensor PassOn(Node node, DynamicTensor value, Tensor wanted)
    {
        Tensor[] outputs = node.Outputs;
        node.Inputs = [value.Data, .. node.Inputs.Skip(1)];
        node.Outputs = [.. outputs.Select(output => DynamicQuantization.NewTensor(output).Data)];
        for (int i = 0; i < outputs.Length; i++)
        {
            Replace(outputs[i], new DynamicTensor(node.Outputs[i], value.Scale), node);
        }

        return _values[wanted];
    }

    private bool MayQuantizeEachRecord(Node conversion)
    {
        Tensor real = conversion.Input(0);
        return _graph.Inputs.Contains(real)
            && QuantizationContext.IsReal(real)
            && RecipeMatcher.RuleOf(_context.Sources[real], _context.Recipe)?.Range is null
            && OnlyDynamicRead(conversion.Output());
    }

    private bool OnlyDynamicRead(Tensor tensor)
    {
        return !_graph.Outputs.Contains(tensor)
            && _graph.Consumers(tensor).All(node => _dynamic.Contains(node) || (DynamicPassage.Passes(node) && node.Outputs.All(OnlyDynamicRead)));
    }

    private DynamicTensor QuantizeEachRecord(Node conversion)
    {
        Tensor settled = conversion.Output();
        DynamicTensor value = DynamicQuantization.NewTensor(settled);
        _graph.Nodes[_graph.Nodes.IndexOf(conversion)] = DynamicQuantization.Quantize(conversion.Input(0), value);
        Know(settled, value);
        return value;
    }

    /// <summary>Lets a reader of a settled tensor take the value itself.</summary>
    private void Shorten(Node node)
    {
        if (node.Inputs is not [Tensor input, ..] || !(node.Operation is Quantize or Dequantize || DynamicPassage.Compares(node)) || ValueOf(input) is not DynamicTensor value)
        {
            return;
        }

        if (DynamicPassage.Compares(node))
        {
            node.Inputs = [value.Data, .. node.Inputs.Skip(1)];
            return;
        }

        Tensor output = node.Output();
        _graph.Nodes[_graph.Nodes.IndexOf(node)] = node.Operation is Quantize ? DynamicQuantization.Settle(value, output) : DynamicQuantization.Dequantize(value, output);
    }

    private void RemoveUnused()
    {
        HashSet<Tensor> used = [.. _graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>()).Concat(_graph.Outputs)];
        _graph.Nodes.RemoveAll(node => node.Operation is Settle && !used.Contains(node.Output()));
    }
}
