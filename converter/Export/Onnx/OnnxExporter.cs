using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>
/// Writes a network as ONNX: a quantized one with QuantizeLinear and DequantizeLinear nodes around operators on real numbers (QDQ), which
/// runtimes replace by integer operators. Inputs and outputs keep their types, shapes and names.
/// </summary>
internal static class OnnxExporter
{
    private const int UsualOpset = 13;
    private const int UsualVersion = 7;

    /// <summary>What quantizes to 16 bits.</summary>
    private const int WideOpset = 21;
    private const int WideVersion = 10;

    private static readonly GraphPass[] Passes = [new FoldConstants(), new DropShapeInputs(), new RemoveUnusedNodes()];

    /// <summary>Writes a network.</summary>
    /// <param name="graph">The network as it was imported or quantized; it stays as it is.</param>
    /// <exception cref="UnsupportedNetworkException">It has what ONNX cannot say: all reasons at once.</exception>
    public static OnnxExport Export(NetworkGraph graph)
    {
        NetworkGraph copy = GraphCopy.Of(graph).Graph;
        GraphCheck.Run(copy);
        foreach (GraphPass pass in Passes)
        {
            pass.Run(copy);
        }

        Node[] nodes = [.. copy.HostBefore, .. copy.Nodes, .. copy.HostAfter];
        bool isWide = nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Any(tensor => tensor is { Type: DataType.Int16 or DataType.UInt16, Quantization: not null });
        OnnxWriter writer = new();
        ExportContext context = new(writer) { Opset = isWide ? WideOpset : UsualOpset };
        Inputs(copy, context);
        string[] outputs = [.. copy.Outputs.Select(output => writer.Names.Give(output.Name))];
        foreach (Node node in nodes)
        {
            context.Begin(node);
            Write(node, context);
        }

        if (copy.Refusals.Count + context.Refusals.Count > 0)
        {
            throw new UnsupportedNetworkException([.. copy.Refusals, .. context.Refusals]);
        }

        Outputs(copy, outputs, context);
        writer.Graph.Name = copy.Name.Length == 0 ? "network" : copy.Name;
        ModelProto model = new()
        {
            IrVersion = isWide ? WideVersion : UsualVersion,
            ProducerName = "EdgeQuant",
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            Graph = writer.Graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = context.Opset });
        return new OnnxExport(model.ToByteArray(), context.Opset, nodes.Length, writer.Graph.Node.Count, writer.Graph.Node.Count(node => node.OpType == "Transpose"));
    }

    private static void Inputs(NetworkGraph graph, ExportContext context)
    {
        foreach (Tensor input in graph.Inputs)
        {
            if (TensorProblem(input) is string problem)
            {
                context.Refusals.Add(new Refusal("inputs of the network", [input.ToString()], problem, "Remove it from the source network."));
            }

            string name = context.Writer.Names.Give(input.Name);
            context.Writer.Graph.Input.Add(Value(name, input));
            context.SetStored(input, name);
        }
    }

    /// <summary>Writes a node; where it is refused its outputs get names all the same, so that whatever else stands in the way is found too.</summary>
    private static void Write(Node node, ExportContext context)
    {
        string? problem = node.Inputs.OfType<Tensor>().Concat(node.Outputs).Select(TensorProblem).FirstOrDefault(problem => problem is not null);
        if (problem is null || ExportTable.HasReason(node))
        {
            ExportTable.Write(node, context);
        }
        else
        {
            context.Refuse(problem, "Export a network without it; compare checks this part by itself.");
        }

        foreach (Tensor output in node.Outputs.Where(output => !context.Has(output)))
        {
            context.SetStored(output, output.Name);
        }
    }

    private static string? TensorProblem(Tensor tensor)
    {
        if (tensor.IsState)
        {
            return $"The tensor {tensor} keeps its values from one inference to the next; ONNX has no such tensors.";
        }

        if (OnnxTypes.Of(tensor.Type) is null)
        {
            return $"The tensor {tensor} has a type that is not written.";
        }

        return !tensor.IsConstant && tensor.Quantization is { IsPerChannel: true } ? $"The activation {tensor} has several scales." : null;
    }

    /// <summary>Outputs of nodes get the names of the network's outputs; inputs and constants that are given back, and outputs that are given twice, are copied.</summary>
    private static void Outputs(NetworkGraph graph, string[] names, ExportContext context)
    {
        HashSet<string> taken = [.. context.Writer.Graph.Input.Select(input => input.Name), .. context.Writer.Graph.Initializer.Select(constant => constant.Name)];
        for (int i = 0; i < names.Length; i++)
        {
            string value = context.Stored(graph.Outputs[i]);
            context.Writer.Rename(taken.Add(value) ? value : context.Writer.Emit("Identity", names[i], [value]), names[i]);
            taken.Add(names[i]);
            context.Writer.Graph.Output.Add(Value(names[i], graph.Outputs[i]));
        }
    }

    private static ValueInfoProto Value(string name, Tensor tensor)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(tensor.Shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)OnnxTypes.Of(tensor.Type)!.Value, Shape = shape } },
        };
    }
}
