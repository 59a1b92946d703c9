using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>Writes nodes and constants of an ONNX graph; equal small constants are written once.</summary>
internal sealed class OnnxWriter
{
    private const int MostShared = 64;

    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);

    public GraphProto Graph { get; } = new();

    public OnnxNames Names { get; } = new();

    /// <summary>Writes a node with one output.</summary>
    /// <param name="operation">The format's name of the operation.</param>
    /// <param name="wanted">What the output should be called.</param>
    /// <param name="inputs">Names of the inputs; empty where an optional one is absent.</param>
    /// <param name="attributes">Integers, numbers, texts, lists of integers.</param>
    /// <returns>The name of the output.</returns>
    public string Emit(string operation, string wanted, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        return Emit(operation, [wanted], inputs, attributes)[0];
    }

    /// <summary>Writes a node with several outputs.</summary>
    public string[] Emit(string operation, IReadOnlyList<string> wanted, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        NodeProto node = new() { OpType = operation, Name = $"{operation}_{Graph.Node.Count}" };
        node.Input.AddRange(inputs);
        string[] outputs = [.. wanted.Select(Names.Give)];
        node.Output.AddRange(outputs);
        foreach ((string name, object value) in attributes)
        {
            node.Attribute.Add(Attribute(name, value));
        }

        Graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Writes a constant.</summary>
    /// <param name="wanted">What it should be called.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="bytes">Its elements, little endian.</param>
    /// <returns>Its name.</returns>
    public string Constant(string wanted, DataType type, int[] shape, ReadOnlySpan<byte> bytes)
    {
        string key = bytes.Length > MostShared ? "" : $"{type} {string.Join(',', shape)} {Convert.ToHexString(bytes)}";
        if (key.Length > 0 && _shared.TryGetValue(key, out string? known))
        {
            return known;
        }

        TensorProto tensor = new() { Name = Names.Give(wanted), DataType = (int)OnnxTypes.Of(type)!.Value, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        Graph.Initializer.Add(tensor);
        if (key.Length > 0)
        {
            _shared.Add(key, tensor.Name);
        }

        return tensor.Name;
    }

    /// <summary>A vector of integers: axes, sizes, paddings.</summary>
    public string Integers(params long[] values)
    {
        return Constant("integers", DataType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));
    }

    /// <summary>A single number.</summary>
    public string Number(float value)
    {
        return Constant("number", DataType.Float32, [], MemoryMarshal.AsBytes<float>([value]));
    }

    /// <summary>Calls the output of a node by another name wherever it stands.</summary>
    public void Rename(string from, string to)
    {
        foreach (NodeProto node in Graph.Node)
        {
            Rename(node.Input, from, to);
            Rename(node.Output, from, to);
        }
    }

    private static void Rename(RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = names[i] == from ? to : names[i];
        }
    }

    private static AttributeProto Attribute(string name, object value)
    {
        AttributeProto attribute = new() { Name = name };
        switch (value)
        {
            case int number:
                attribute.Type = AttributeProto.Types.AttributeType.Int;
                attribute.I = number;
                break;
            case float number:
                attribute.Type = AttributeProto.Types.AttributeType.Float;
                attribute.F = number;
                break;
            case string text:
                attribute.Type = AttributeProto.Types.AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case int[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(numbers.Select(number => (long)number));
                break;
            default:
                throw new ArgumentException($"An attribute cannot be a {value.GetType().Name}.", nameof(value));
        }

        return attribute;
    }
}
