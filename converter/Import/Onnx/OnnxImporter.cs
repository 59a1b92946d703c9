using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Makes a graph of an ONNX model.</summary>
internal sealed class OnnxImporter
{
    /// <summary>The newest version of the ONNX operators that is known. Of versions before 7 what has not changed since is imported.</summary>
    public const int NewestVersion = 21;

    private readonly OnnxModel _model;
    private readonly NetworkGraph _graph;
    private readonly ImportMemory _memory = new();
    private readonly OnnxValues _values;

    private OnnxImporter(OnnxModel model)
    {
        _model = model;
        _graph = new NetworkGraph(Shapes.Short(model.Graph.Name));
        _values = new OnnxValues(model.Graph, _graph);
    }

    /// <summary>
    /// Imports the network. What cannot be imported stands in the graph's refusals; the nodes concerned are <see cref="Unsupported"/>, so that
    /// the rest of the network can be looked at too.
    /// </summary>
    /// <exception cref="UnsupportedNetworkException">The network as a whole cannot be looked at: its inputs, its versions, its size.</exception>
    public static NetworkGraph Import(OnnxModel model, ImportOptions? options = null)
    {
        SizeCheck.RequireNodes(model.Graph.Node.Count);
        ModelCheck.Run(model);
        OnnxImporter importer = new(model);
        importer._graph.Inputs.AddRange(InputImport.Run(model.Graph, options ?? ImportOptions.Default, importer._graph.Notes));
        importer._values.AddInputs(importer._graph.Inputs);
        for (int i = 0; i < model.Graph.Node.Count; i++)
        {
            importer.Import(model.Graph.Node[i], i);
        }

        importer._graph.Outputs.AddRange(importer._values.Outputs());
        return importer._graph;
    }

    private void Import(NodeProto node, int index)
    {
        int version = (int)Math.Clamp(_model.Versions[""], 0, int.MaxValue);
        NodeSource source = new(index, Shapes.Short(node.OpType), version) { Name = node.Name.Length == 0 ? null : Shapes.Short(node.Name) };
        int before = _graph.Nodes.Count;
        Tensor?[] inputs = [];
        try
        {
            inputs = [.. node.Input.Select(name => name.Length == 0 ? null : _values.Find(name))];
            Action<ImportContext> import = OperatorTable.Find(node) ?? throw UnknownOperator.Of(node);
            if (Array.Exists(inputs, _values.IsRefused))
            {
                Leave(node, inputs, source);
                return;
            }

            ImportContext context = new(node, inputs, version, new NodeBuilder(_graph, source, LabelOf(node, index), _memory));
            import(context);
            if (context.Attributes.Unread.FirstOrDefault() is string unread)
            {
                throw ImportContext.Refused($"It has the attribute '{Shapes.Short(unread)}', which is not known.", "Export the network with ONNX's own operators.");
            }

            _values.Add(node, context.Outputs, source);
        }
        catch (RefusedOperatorException exception)
        {
            _graph.Nodes.RemoveRange(before, _graph.Nodes.Count - before);
            _graph.Refusals.Add(Refusal.Of(new Node(new Unsupported(), inputs, []) { Source = source }, exception.Message, exception.Help));
            Leave(node, inputs, source);
        }
    }

    /// <summary>Leaves an operator in the graph whose outputs are not known.</summary>
    private void Leave(NodeProto node, Tensor?[] inputs, NodeSource source)
    {
        _graph.Nodes.Add(new Node(new Unsupported(), inputs, _values.AddRefused(node)) { Source = source });
    }

    private static string LabelOf(NodeProto node, int index)
    {
        return Shapes.Short(node.Output.FirstOrDefault(name => name.Length > 0) ?? $"node{index}");
    }
}
