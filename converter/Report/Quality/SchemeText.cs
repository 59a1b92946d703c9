using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>How a network is held, in a few words.</summary>
internal static class SchemeText
{
    /// <summary>Bits of an element.</summary>
    public static int Bits(DataType type)
    {
        return type == DataType.Int4 ? 4 : type.Bytes() * 8;
    }

    /// <summary>Bits that are stored for an element; of shared weights those of an index.</summary>
    public static int Bits(Tensor tensor)
    {
        return tensor.Shared?.IndexBits ?? Bits(tensor.Type);
    }

    /// <summary>How elements are held: "int8", "4-bit codebook".</summary>
    public static string Type(Tensor tensor)
    {
        return tensor.Shared is SharedWeights shared ? $"{shared.IndexBits}-bit codebook" : tensor.Type.ToString().ToLowerInvariant();
    }

    /// <summary>How weights are held: "int8 per channel".</summary>
    public static string Of(Tensor weights)
    {
        string type = Type(weights);
        return weights.Quantization is { IsPerChannel: true } ? $"{type} per channel" : $"{type} per tensor";
    }

    /// <summary>How a network is held: what most of its operators have first.</summary>
    public static string Of(IReadOnlyList<OperatorQuality> operators)
    {
        IEnumerable<OperatorQuality> device = operators.Where(op => op.Place == OperatorPlace.Device);
        string weights = Counted(device.Where(op => op.Weights is not null).Select(op => op.Weights!));
        string activations = Counted(device.Where(op => op.ActivationBits > 0).Select(op => $"{op.ActivationBits} bits"));
        IEnumerable<string> parts = [weights.Length == 0 ? "" : $"weights {weights}", activations.Length == 0 ? "" : $"activations {activations}"];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static string Counted(IEnumerable<string> schemes)
    {
        IGrouping<string, string>[] groups = [.. schemes.GroupBy(scheme => scheme, StringComparer.Ordinal).OrderByDescending(group => group.Count())];
        return groups.Length == 1 ? groups[0].Key : string.Join(", ", groups.Select(group => $"{group.Key} ({group.Count()} operators)"));
    }
}
