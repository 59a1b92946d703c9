using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Execute;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>What a converted float network kept of what it could do.</summary>
/// <param name="Float">The float network, before any repair.</param>
/// <param name="Packed">The packed file, with its agreement with the float network.</param>
/// <param name="Overlap">True if it was measured on samples that it was calibrated with.</param>
internal sealed record ConversionQuality(Evaluation Float, Evaluation Packed, bool Overlap)
{
    /// <summary>The points that were lost; negative where some were won, null where nothing was measured.</summary>
    public double? Drop => Float.Points - Packed.Points;

    /// <summary>What was measured; null where neither labels nor targets are known.</summary>
    public Metric? Metric => Packed.Metric;

    /// <summary>Measures a conversion.</summary>
    /// <param name="conversion">The conversion of a float network.</param>
    /// <param name="samples">The samples that are measured.</param>
    /// <param name="options">What is measured.</param>
    /// <exception cref="EvaluationException">Samples and labels do not fit the network.</exception>
    public static ConversionQuality Measure(ConversionResult conversion, SampleSplit samples, EvaluationOptions options)
    {
        GraphSubject original = new("float", FloatExecutor.Of(conversion.Quantization!.Float), SubjectForm.Float);
        RecordedSubject recorded = RecordedSubject.Of(original, samples.Measured, options.Progress, options.Cancellation);
        PackedSubject packed = new("packed", conversion.File);
        return new ConversionQuality(
            Evaluator.Run(recorded, samples.Measured, options),
            Evaluator.Run(packed, samples.Measured, options, recorded),
            samples.Overlap);
    }
}
