using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report;

/// <summary>A float network that was converted, and what it kept.</summary>
/// <param name="Conversion">The conversion.</param>
/// <param name="Known">What was measured of it.</param>
internal sealed record MeasuredConversion(ReportedConversion Conversion, FloatConversion Known)
{
    private const int MostCompared = 100;
    private const int MostInSensitivity = 32;
    private const int MostInSearch = 1000;
    private const double LimitDecibels = 15;

    /// <summary>Converts a float network and measures it.</summary>
    /// <param name="network">The network as it was imported and checked; it is rewritten.</param>
    /// <param name="file">The bytes of its file.</param>
    /// <param name="options">What the conversion is told, quantization included.</param>
    /// <param name="measuring">What is measured.</param>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="SamplesNeededException">There are no samples, and the recipe does not give every range.</exception>
    /// <exception cref="AccuracyException">It loses more than it may.</exception>
    /// <exception cref="EvaluationException">Samples and labels do not fit the network.</exception>
    public static MeasuredConversion Of(ImportedNetwork network, byte[] file, ConversionOptions options, MeasuringOptions measuring)
    {
        QuantizationOptions quantization = options.Quantization!;
        ReportedConversion conversion = ReportedConversion.Of(network, file, options);
        PipelineSteps steps = new(quantization.Progress, quantization.Cancellation);
        FloatConversion known = measuring.Samples is SampleSplit samples ? Measure(conversion.Result, samples, measuring, quantization, steps) : new FloatConversion();
        QuantizationResult result = conversion.Result.Quantization!;
        QuantizationSummary summary = QuantizationSummary.Of(result, known.Quality, [.. result.Steps, .. steps.Timings]);
        return new MeasuredConversion(conversion with { Report = conversion.Report with { Quantization = summary } }, known);
    }

    private static FloatConversion Measure(ConversionResult conversion, SampleSplit samples, MeasuringOptions measuring, QuantizationOptions quantization, PipelineSteps steps)
    {
        EvaluationOptions evaluation = measuring.Evaluation with { Cancellation = quantization.Cancellation };
        FloatConversion known = new()
        {
            Samples = samples,
            MostDrop = measuring.MostDrop,
            Quality = steps.Run("measure", 2 * samples.Measured.Count, counted => ConversionQuality.Measure(conversion, samples, evaluation with { Progress = counted })),
        };
        QuantizationResult result = conversion.Quantization!;
        SensitivityOptions search = new() { Evaluation = evaluation, Progress = quantization.Progress, Cancellation = quantization.Cancellation };
        if (measuring.MostDrop is double most)
        {
            DropLimit.Require(known.Quality, most, result, samples.Measured, search with { MostRecords = MostInSearch });
        }

        return measuring.Detailed
            ? known with
            {
                Comparison = steps.Run("compare", MostCompared, counted => Compare(conversion, samples.Measured, counted, quantization.Cancellation)),
                Sensitivity = steps.Run("measure operators", () => SensitivityAnalysis.Run(
                    result.Network.Source, result.Recipe, result.Ranges, samples.Measured, search with { MostRecords = MostInSensitivity })),
            }
            : known;
    }

    private static NetworkComparison Compare(ConversionResult conversion, SampleSet samples, IProgress<int> progress, CancellationToken cancellation)
    {
        GraphSubject original = new("float", FloatExecutor.Of(conversion.Quantization!.Float), SubjectForm.Float);
        SampleSet some = samples.Select(Spread.Over(samples.Count, Math.Min(samples.Count, MostCompared)));
        return Comparer.Run(original, PackedSubject.Of("packed", conversion), some, LimitDecibels, progress, cancellation);
    }
}
