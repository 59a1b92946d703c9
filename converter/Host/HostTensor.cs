using System.Text.Json.Serialization;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host;

/// <summary>A tensor in the host's memory, as the model card describes it. Its identity is its position in the card's list.</summary>
internal sealed record HostTensor
{
    /// <summary>The name in the source; null for a tensor that is neither an input nor an output of the network.</summary>
    public string? Name { get; init; }

    public required DataType Type { get; init; }

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Real value = scale x (element - zero point); null if the elements are not quantized, or each slice has its own scale.</summary>
    public float? Scale { get; init; }

    public int? ZeroPoint { get; init; }

    /// <summary>The bytes of a constant (little endian, row-major).</summary>
    public byte[]? Data { get; init; }

    /// <summary>What the values mean, for people: "probability of each label".</summary>
    public string? Meaning { get; init; }

    /// <summary>What the values are measured in, for people: "m/s2".</summary>
    public string? Unit { get; init; }

    [JsonIgnore]
    public int ElementCount => Shape.Aggregate(1, (product, size) => checked(product * size));

    [JsonIgnore]
    public int ByteLength => checked(ElementCount * Type.Bytes());
}
