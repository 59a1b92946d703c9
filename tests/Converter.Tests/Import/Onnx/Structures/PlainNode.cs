using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>An operator with the values of its inputs.</summary>
internal sealed class PlainNode(NodeProto node, PlainTensor?[] inputs)
{
    public string Type => node.OpType;

    public int Outputs => node.Output.Count;

    public PlainTensor this[int input] => inputs[input] ?? throw new InvalidOperationException($"{Type} has no input {input}.");

    public int Count => inputs.Length;

    public PlainTensor? Optional(int input)
    {
        return inputs.ElementAtOrDefault(input);
    }

    /// <summary>The integers of an input.</summary>
    public int[] Ints(int input)
    {
        return Array.ConvertAll(this[input].Values, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue));
    }

    public int Int(string name, int otherwise)
    {
        return (int)(Find(name)?.I ?? otherwise);
    }

    public float Float(string name, float otherwise)
    {
        return Find(name)?.F ?? otherwise;
    }

    public string Text(string name, string otherwise)
    {
        return Find(name)?.S.ToStringUtf8() ?? otherwise;
    }

    public int[] Ints(string name, params int[] otherwise)
    {
        return Find(name) is AttributeProto attribute ? [.. attribute.Ints.Select(value => (int)value)] : otherwise;
    }

    private AttributeProto? Find(string name)
    {
        return node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
    }
}
