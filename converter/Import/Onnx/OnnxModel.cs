using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;
using Google.Protobuf;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>
/// An ONNX file as it stands: nothing interpreted, everything checked that can be without knowing operators. Constants have exactly the bytes
/// that their shape and type ask for. Whether the network makes sense is the importer's question.
/// </summary>
internal sealed class OnnxModel
{
    private OnnxModel(ModelProto model, IReadOnlyDictionary<string, long> versions)
    {
        Graph = model.Graph;
        Versions = versions;
        HasTraining = model.TrainingInfo.Count > 0;
        HasFunctions = model.Functions.Count > 0;
    }

    public GraphProto Graph { get; }

    /// <summary>The version of each domain's operators; the ONNX operators themselves are the domain "".</summary>
    public IReadOnlyDictionary<string, long> Versions { get; }

    /// <summary>The file says how to train the network.</summary>
    public bool HasTraining { get; }

    /// <summary>The file defines operators of its own.</summary>
    public bool HasFunctions { get; }

    /// <summary>The name of a domain: the ONNX operators' has two.</summary>
    public static string DomainOf(string name)
    {
        return name == "ai.onnx" ? "" : name;
    }

    /// <summary>True if bytes start as an ONNX file does; it may still be malformed.</summary>
    public static bool IsOnnx(ReadOnlySpan<byte> file)
    {
        return WireCheck.LooksLikeModel(file);
    }

    /// <summary>Reads a file. Work and memory are bounded by a multiple of the file's length, whatever the file says.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="folder">Where the file lies, for constants in files of their own; null if it lies nowhere: then they stay there.</param>
    /// <exception cref="OnnxFormatException">The file is no ONNX file, or a part of it is malformed.</exception>
    public static OnnxModel Parse(ReadOnlySpan<byte> file, string? folder = null)
    {
        WireCheck.Run(file);
        ModelProto model = Read(file);
        if (model.Graph is null)
        {
            throw new OnnxFormatException("graph: found none; needed is the graph of the network.");
        }

        Dictionary<string, long> versions = new(StringComparer.Ordinal);
        foreach (OperatorSetIdProto import in model.OpsetImport)
        {
            versions[DomainOf(import.Domain)] = import.Version;
        }

        if (!versions.ContainsKey(""))
        {
            throw new OnnxFormatException("opset_import: found no version of the ONNX operators; needed is one for the domain ''.");
        }

        Check(model.Graph, folder is null ? null : new ExternalData(folder));
        return new OnnxModel(model, versions);
    }

    private static ModelProto Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(file);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxFormatException($"model: found what is no protobuf message: {exception.Message}");
        }
    }

    private static void Check(GraphProto graph, ExternalData? files)
    {
        for (int i = 0; i < graph.Initializer.Count; i++)
        {
            string place = $"graph.initializer[{i}] '{Shapes.Short(graph.Initializer[i].Name)}'";
            Check(graph.Initializer[i], files, place);
            if (graph.Initializer[i].Name.Length == 0)
            {
                throw new OnnxFormatException($"{place}: found no name; every initializer has one.");
            }
        }

        for (int i = 0; i < graph.Node.Count; i++)
        {
            NodeProto node = graph.Node[i];
            if (node.OpType.Length == 0)
            {
                throw new OnnxFormatException($"graph.node[{i}].op_type: found none; every node has one.");
            }

            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (AttributeProto attribute in node.Attribute)
            {
                if (!names.Add(attribute.Name))
                {
                    throw new OnnxFormatException($"graph.node[{i}].attribute: found '{Shapes.Short(attribute.Name)}' twice; each name is there once.");
                }

                if (attribute.T is TensorProto tensor)
                {
                    Check(tensor, files, $"graph.node[{i}].attribute '{Shapes.Short(attribute.Name)}'");
                }
            }
        }
    }

    private static void Check(TensorProto constant, ExternalData? files, string place)
    {
        files?.Load(constant, place);
        TensorBytes.Check(constant, place);
    }
}
