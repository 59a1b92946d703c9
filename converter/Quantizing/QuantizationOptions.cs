using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>What the quantization of a float network is told.</summary>
internal sealed record QuantizationOptions
{
    public Recipe Recipe { get; init; } = Recipe.Default;

    /// <summary>The samples to calibrate with; null where the recipe gives every tensor its range.</summary>
    public SampleSet? Samples { get; init; }

    /// <summary>Told what is under way and how far it is; from several threads.</summary>
    public IProgress<PipelineProgress>? Progress { get; init; }

    /// <summary>Ends the work between two records.</summary>
    public CancellationToken Cancellation { get; init; }
}
