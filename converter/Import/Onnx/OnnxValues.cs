using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>The values that the source's operators pass to each other by name.</summary>
internal sealed class OnnxValues
{
    private readonly GraphProto _source;
    private readonly NetworkGraph _graph;
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unmade = new(StringComparer.Ordinal);
    private readonly HashSet<Tensor> _refused = [];

    /// <param name="source">The network in the file.</param>
    /// <param name="graph">What it becomes.</param>
    public OnnxValues(GraphProto source, NetworkGraph graph)
    {
        _source = source;
        _graph = graph;
        foreach (TensorProto initializer in source.Initializer)
        {
            _initializers[initializer.Name] = initializer;
        }
    }

    /// <summary>True if what makes a tensor has been refused: type and shape say nothing.</summary>
    public bool IsRefused(Tensor? tensor)
    {
        return tensor is not null && _refused.Contains(tensor);
    }

    /// <summary>Adds the inputs of the network, which are those of the source that are no constants.</summary>
    public void AddInputs(IReadOnlyList<Tensor> inputs)
    {
        string[] names = [.. _source.Input.Select(input => input.Name).Where(name => !_initializers.ContainsKey(name))];
        for (int i = 0; i < names.Length; i++)
        {
            _tensors[names[i]] = inputs[i];
        }
    }

    /// <summary>Adds what an operator has made. Outputs that it did not make are remembered for the one who asks for them.</summary>
    public void Add(NodeProto node, IReadOnlyList<Tensor?> outputs, NodeSource source)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is Tensor output)
            {
                RequireNew(node.Output[i]);
                _tensors[node.Output[i]] = output;
            }
            else
            {
                _unmade[node.Output[i]] = $"output {i} of {source}";
            }
        }
    }

    /// <summary>Adds the outputs of an operator that has been refused.</summary>
    public Tensor[] AddRefused(NodeProto node)
    {
        Tensor[] outputs = [.. node.Output.Select(name => new Tensor(Shapes.Short(name), DataType.Float32, [1]))];
        for (int i = 0; i < outputs.Length; i++)
        {
            _refused.Add(outputs[i]);
            _tensors.TryAdd(node.Output[i], outputs[i]);
        }

        return outputs;
    }

    /// <summary>The value of a name.</summary>
    /// <exception cref="RefusedOperatorException">There is none, or it cannot be supported.</exception>
    public Tensor Find(string name)
    {
        if (_tensors.TryGetValue(name, out Tensor? known))
        {
            return known;
        }

        if (_initializers.TryGetValue(name, out TensorProto? initializer))
        {
            return _tensors[name] = ConstantTensor.Of(initializer, name);
        }

        throw _unmade.TryGetValue(name, out string? maker)
            ? ImportContext.Refused($"It reads '{Shapes.Short(name)}', {maker}, which is not supported.", "Remove what reads it from the source network.")
            : ImportContext.Inconsistent($"It reads '{Shapes.Short(name)}', which nothing before it makes.");
    }

    /// <summary>The outputs of the network, each a tensor of its own.</summary>
    public IEnumerable<Tensor> Outputs()
    {
        HashSet<Tensor> taken = [.. _graph.Inputs];
        foreach (ValueInfoProto output in _source.Output)
        {
            if (TryFind(output.Name) is Tensor tensor && IsDeclared(tensor, output))
            {
                yield return taken.Add(tensor) ? Named(tensor, output.Name) : Again(tensor, output.Name);
            }
        }
    }

    /// <summary>What dynamic quantization makes stays real in the graph, and so cannot be given as the integers that the file declares.</summary>
    private bool IsDeclared(Tensor tensor, ValueInfoProto output)
    {
        int declared = output.Type?.TensorType?.ElemType ?? 0;
        bool fits = IsRefused(tensor) || TensorBytes.TypeOf(declared) is not DataType type || type == tensor.Type;
        if (!fits)
        {
            _graph.Refusals.Add(new Refusal(
                "outputs of the network", [$"'{Shapes.Short(output.Name)}'"], $"It is {tensor}; the file declares {TensorBytes.NameOf(declared)}.", "Give what it is made of instead."));
        }

        return fits;
    }

    private static Tensor Named(Tensor tensor, string name)
    {
        tensor.Name = Shapes.Short(name);
        return tensor;
    }

    private Tensor Again(Tensor tensor, string name)
    {
        Tensor copy = new(Shapes.Short(name), tensor.Type, tensor.Shape) { Quantization = tensor.Quantization };
        _graph.Nodes.Add(new Node(new Reshape(), [tensor], [copy]));
        return copy;
    }

    private Tensor? TryFind(string name)
    {
        try
        {
            return Find(name);
        }
        catch (RefusedOperatorException exception)
        {
            _graph.Refusals.Add(new Refusal("outputs of the network", [$"'{Shapes.Short(name)}'"], exception.Message, exception.Help));
            return null;
        }
    }

    private void RequireNew(string name)
    {
        if (_tensors.ContainsKey(name) || _initializers.ContainsKey(name))
        {
            throw ImportContext.Inconsistent($"It makes '{Shapes.Short(name)}', which has its value already.");
        }
    }
}
