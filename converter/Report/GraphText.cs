using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Report;

/// <summary>
/// A graph as text, to be read and compared from pass to pass. Tensors are named %n by their index in the source file, or %new-n in the order
/// of appearance if a pass made them; each is described where it first appears.
/// </summary>
internal sealed class GraphText
{
    private const int ShownElements = 8;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<Tensor, string> _names = [];
    private int _made;

    private GraphText()
    {
    }

    /// <summary>Writes the whole graph.</summary>
    public static string Of(NetworkGraph graph)
    {
        GraphText text = new();
        text.Write(graph);
        return text._text.ToString();
    }

    private void Write(NetworkGraph graph)
    {
        Line($"graph '{graph.Name}': {graph.Nodes.Count} nodes, {graph.HostBefore.Count} on the host before, {graph.HostAfter.Count} on the host after");
        Tensors("inputs", graph.Inputs);
        Tensors("outputs", graph.Outputs);
        Nodes("host before", graph.HostBefore);
        Nodes("nodes", graph.Nodes);
        Nodes("host after", graph.HostAfter);
    }

    private void Tensors(string title, List<Tensor> tensors)
    {
        Line($"\n{title}:");
        foreach (Tensor tensor in tensors)
        {
            Line($"  {Describe(tensor)}");
        }
    }

    private void Nodes(string title, List<Node> nodes)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        Line($"\n{title}:");
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            Line($"  {i,3}  {Attributes(node.Operation)}  <- {node.Source}");
            foreach (Tensor? input in node.Inputs)
            {
                Line($"         in   {(input is null ? "absent" : Describe(input))}");
            }

            foreach (Tensor output in node.Outputs)
            {
                Line($"         out  {Describe(output)}");
            }
        }
    }

    private void Line(string line)
    {
        _text.Append(line).Append('\n');
    }

    /// <summary>An operation's record without its name twice.</summary>
    private static string Attributes(Operation operation)
    {
        return operation.ToString().Replace($"Name = {operation.Name}, ", "", StringComparison.Ordinal).Replace($" {{ Name = {operation.Name} }}", "", StringComparison.Ordinal);
    }

    private string Describe(Tensor tensor)
    {
        bool known = _names.TryGetValue(tensor, out string? name);
        if (!known)
        {
            name = tensor.SourceIndex >= 0 ? $"%{tensor.SourceIndex}" : $"%new-{_made++}";
            _names.Add(tensor, name);
        }

        return known ? $"{name} {tensor}" : $"{name} {tensor}{Details(tensor)}";
    }

    private string Details(Tensor tensor)
    {
        StringBuilder details = new();
        if (tensor.Quantization is Quantization quantization)
        {
            details.Append(", ").Append(Text(quantization));
        }

        if (tensor.View is TensorView view)
        {
            details.Append($", from byte {view.ByteOffset} of ({Describe(view.Base)})");
        }

        if (tensor.InitialState is byte[] state)
        {
            details.Append($", state that starts as {Bytes(state)}");
        }

        if (tensor.Data is ReadOnlyMemory<byte> data)
        {
            details.Append($", constant {Values(tensor.Type, data.Span)}");
        }

        if (tensor.Shared is SharedWeights shared)
        {
            details.Append($", stored as indices of {shared.IndexBits} bits into {shared.Codebooks.Count} codebooks of {shared.Entries} entries");
        }

        return details.ToString();
    }

    private static string Text(Quantization quantization)
    {
        return quantization.IsPerChannel
            ? $"scales {Number(quantization.Scales.Min())} to {Number(quantization.Scales.Max())} along axis {quantization.Axis}"
            : $"scale {Number(quantization.Scale)}, zero point {quantization.ZeroPoint}";
    }

    private static string Values(DataType type, ReadOnlySpan<byte> data)
    {
        List<string> values = [];
        int size = type switch { DataType.Int8 or DataType.UInt8 or DataType.Bool => 1, DataType.Int16 => 2, DataType.Int32 or DataType.Float32 => 4, DataType.Int64 => 8, _ => 0 };
        for (int at = 0; size > 0 && at + size <= data.Length && values.Count < ShownElements; at += size)
        {
            values.Add(Value(type, data[at..]));
        }

        bool all = size > 0 && values.Count * size == data.Length;
        return size == 0 ? Bytes(data) : string.Join(' ', values) + (all ? "" : $" ... ({data.Length} bytes)");
    }

    private static string Value(DataType type, ReadOnlySpan<byte> data)
    {
        return type switch
        {
            DataType.Int8 => Whole((sbyte)data[0]),
            DataType.Int16 => Whole(BinaryPrimitives.ReadInt16LittleEndian(data)),
            DataType.Int32 => Whole(BinaryPrimitives.ReadInt32LittleEndian(data)),
            DataType.Int64 => Whole(BinaryPrimitives.ReadInt64LittleEndian(data)),
            DataType.Float32 => Number(BinaryPrimitives.ReadSingleLittleEndian(data)),
            _ => Whole(data[0]),
        };
    }

    private static string Bytes(ReadOnlySpan<byte> data)
    {
        string shown = Convert.ToHexString(data[..Math.Min(data.Length, ShownElements)]);
        return data.Length <= ShownElements ? $"bytes {shown}" : $"bytes {shown}... ({data.Length} bytes)";
    }

    private static string Whole(long value)
    {
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Number(float value)
    {
        return value.ToString(CultureInfo.InvariantCulture);
    }
}
