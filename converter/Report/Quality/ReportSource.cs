using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a report is made from.</summary>
/// <param name="Conversion">The packed model and how it came about.</param>
/// <param name="Report">Sizes, passes and warnings of the conversion.</param>
/// <param name="Made">When.</param>
internal sealed record ReportSource(ConversionResult Conversion, ConversionReport Report, DateTimeOffset Made)
{
    /// <summary>What is known of tensors of the graph that was converted, weights included; empty for a network that was quantized elsewhere.</summary>
    public IReadOnlyDictionary<Tensor, TensorObservation> Observations { get; init; } = new Dictionary<Tensor, TensorObservation>();
}
