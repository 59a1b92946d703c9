using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data;

/// <summary>What samples have to fit: an input of a network, or for targets an output.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The tensor's element type.</param>
/// <param name="Shape">The tensor's shape, batch included.</param>
/// <param name="Quantization">What the tensor's integers mean; null if they, or its real numbers, stand for themselves.</param>
internal sealed record SampleInput(string Name, DataType Type, int[] Shape, Quantization? Quantization = null)
{
    /// <summary>How many numbers make a record.</summary>
    public int ElementCount => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The shape of one record: without the batch where that is 1.</summary>
    public int[] RecordShape => Shape.Length > 0 && Shape[0] == 1 ? Shape[1..] : Shape;

    /// <summary>The form of a file that holds nothing but records, for messages.</summary>
    public string Form => $"[{string.Join(',', RecordShape.Select(size => $"{size}").Prepend("records"))}]";

    public static SampleInput Of(Tensor tensor)
    {
        return new SampleInput(tensor.Name, tensor.Type, tensor.Shape, tensor.Quantization);
    }

    /// <summary>The inputs of a network, in its order.</summary>
    public static SampleInput[] AllOf(NetworkGraph graph)
    {
        return [.. graph.Inputs.Select(Of)];
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"'{Name}' {Type.ToString().ToLowerInvariant()}[{string.Join(',', Shape)}]";
    }
}
