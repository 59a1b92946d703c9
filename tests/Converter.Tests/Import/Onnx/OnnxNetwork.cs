using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf;
using Xunit;
using AttributeType = EdgeQuant.Converter.Import.Onnx.Protocol.AttributeProto.Types.AttributeType;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Writes ONNX files operator by operator.</summary>
internal sealed class OnnxNetwork
{
    private int _names;

    public OnnxNetwork(long version = 17)
    {
        Model.OpsetImport.Add(new OperatorSetIdProto { Version = version });
    }

    public ModelProto Model { get; } = new() { IrVersion = 8, Graph = new GraphProto { Name = "made" } };

    /// <summary>An input of real numbers; sizes are numbers, or names of sizes that are left open.</summary>
    public string Input(string name, params object[] sizes)
    {
        return Input(name, ElementType.Float, sizes);
    }

    public string Input(string name, ElementType type, params object[] sizes)
    {
        TensorShapeProto shape = new();
        foreach (object size in sizes)
        {
            shape.Dim.Add(size is string open ? new TensorShapeProto.Types.Dimension { DimParam = open } : new TensorShapeProto.Types.Dimension { DimValue = (int)size });
        }

        Model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } });
        return name;
    }

    /// <summary>A constant of real numbers.</summary>
    public string Constant(float[] values, params long[] shape)
    {
        TensorProto tensor = Tensor(values, shape);
        tensor.Name = NewName("constant");
        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A constant vector of integers.</summary>
    public string Integers(params long[] values)
    {
        TensorProto tensor = new() { Name = NewName("integers"), DataType = (int)ElementType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public static TensorProto Tensor(float[] values, params long[] shape)
    {
        TensorProto tensor = new() { DataType = (int)ElementType.Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())) };
        tensor.Dims.Add(shape);
        return tensor;
    }

    /// <summary>An operator with one output; an empty name is an input that is absent.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        return Nodes(type, 1, inputs, attributes)[0];
    }

    /// <summary>An operator with several outputs.</summary>
    public string[] Nodes(string type, int outputs, string[] inputs, params (string Name, object Value)[] attributes)
    {
        NodeProto node = new() { OpType = type };
        node.Input.Add(inputs);
        node.Output.Add(Enumerable.Range(0, outputs).Select(_ => NewName(type)));
        node.Attribute.Add(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        Model.Graph.Node.Add(node);
        return [.. node.Output];
    }

    public OnnxNetwork Output(params string[] names)
    {
        Model.Graph.Output.Add(names.Select(name => new ValueInfoProto { Name = name }));
        return this;
    }

    public byte[] File()
    {
        return Model.ToByteArray();
    }

    /// <summary>Imports the file as it is written, refusals included.</summary>
    public NetworkGraph ImportAsItIs(ImportOptions? options = null)
    {
        return OnnxImporter.Import(OnnxModel.Parse(File()), options);
    }

    /// <summary>Imports the file, which must have nothing to be refused.</summary>
    public NetworkGraph Import(ImportOptions? options = null)
    {
        NetworkGraph graph = ImportAsItIs(options);
        Assert.Empty(graph.Refusals);
        GraphCheck.Run(graph);
        Assert.Empty(graph.Refusals);
        return graph;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        AttributeProto attribute = new() { Name = name };
        switch (value)
        {
            case int or long:
                attribute.Type = AttributeType.Int;
                attribute.I = Convert.ToInt64(value, null);
                break;
            case float number:
                attribute.Type = AttributeType.Float;
                attribute.F = number;
                break;
            case string text:
                attribute.Type = AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case long[] numbers:
                attribute.Type = AttributeType.Ints;
                attribute.Ints.Add(numbers);
                break;
            case float[] numbers:
                attribute.Type = AttributeType.Floats;
                attribute.Floats.Add(numbers);
                break;
            case TensorProto tensor:
                attribute.Type = AttributeType.Tensor;
                attribute.T = tensor;
                break;
            default:
                throw new ArgumentException($"'{name}' is a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }

    private string NewName(string kind)
    {
        return kind + (_names++);
    }
}
