using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>A tensor in a few lines: name, type, shape, quantization.</summary>
internal static class TensorText
{
    public static void Write(HtmlWriter html, TensorQuality tensor)
    {
        html.Element("span", tensor.Name, ("class", "name"));
        html.Element("span", $"{RoleOf(tensor)} · {tensor.Type} · {Figures.Shape(tensor.Shape)} · {Figures.Bytes(tensor.Bytes)}", ("class", "held"));
        if (tensor.Scales.Count > 0)
        {
            html.Element("span", Quantization(tensor), ("class", "held"));
        }
    }

    /// <summary>Scale and zero point: of the tensor, or the span of those of its slices.</summary>
    public static string Quantization(TensorQuality tensor)
    {
        string zero = tensor.ZeroPoints.Count == 1 ? $"zero point {tensor.ZeroPoints[0]}" : $"zero points {tensor.ZeroPoints.Min()} to {tensor.ZeroPoints.Max()}";
        return tensor.Scales.Count == 1
            ? $"scale {Figures.Real(tensor.Scales[0])}, {zero}"
            : $"{tensor.Scales.Count} scales along axis {tensor.Axis}: {Figures.Real(tensor.Scales.Min())} to {Figures.Real(tensor.Scales.Max())}, {zero}";
    }

    private static string RoleOf(TensorQuality tensor)
    {
        return tensor.Role.ToString().ToLowerInvariant();
    }
}
