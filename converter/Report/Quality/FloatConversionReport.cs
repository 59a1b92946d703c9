using System.Globalization;
using System.Text.Json;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>Makes the report of a conversion, with what is known only of float networks: accuracy, calibration, repairs, sensitivity, recipe.</summary>
internal static class FloatConversionReport
{
    private const string Ratio = "SQNR of the outputs, dB";

    /// <summary>Makes the report.</summary>
    /// <param name="conversion">The conversion, of a float network or of one that came quantized.</param>
    /// <param name="known">What else is known of it.</param>
    /// <param name="made">When.</param>
    public static QuantizationReport Make(ReportedConversion conversion, FloatConversion known, DateTimeOffset made)
    {
        if (conversion.Result.Quantization is not QuantizationResult result)
        {
            return QuantizationReportBuilder.Build(new ReportSource(conversion.Result, conversion.Report, made));
        }

        ReportSource source = new(conversion.Result, conversion.Report, made) { Observations = TensorObservations.Of(conversion.Result, known.Comparison) };
        QuantizationReport report = QuantizationReportBuilder.Build(source);
        using JsonDocument recipe = JsonDocument.Parse(RecipeJson.Write(result.Recipe));
        return report with
        {
            Accuracy = known.Quality is null ? [] : [.. Accuracy(known.Quality, known.MostDrop)],
            Calibration = Calibration(result, known.Samples),
            Repairs = [.. result.Repairs.Select(repair => new RepairFigures(repair.Repair, repair.Kept, Ratio, repair.DecibelsBefore, repair.DecibelsAfter, Note(repair)))],
            Sensitivity = known.Sensitivity is null ? null : Sensitivity(known.Sensitivity, report.Operators),
            Recipe = recipe.RootElement.Clone(),
        };
    }

    private static IEnumerable<AccuracyFigures> Accuracy(ConversionQuality quality, double? mostDrop)
    {
        int samples = quality.Packed.Records;
        string source = NameOf(quality.Packed.Samples) + (quality.Overlap ? ", which it was calibrated with" : "");
        if (quality.Metric is Metric metric)
        {
            yield return new AccuracyFigures(metric.ShortName(), "%", samples, source, quality.Float.Points, null, quality.Packed.Points, HigherIsBetter: true, mostDrop);
        }

        Agreement agreement = quality.Packed.Agreement!;
        if (agreement.SameTop1 is double same)
        {
            yield return new AccuracyFigures("same top-1 as float", "%", samples, source, null, null, 100 * same, HigherIsBetter: true, null);
        }

        if (agreement.AnomalyScores is ScoreAgreement scores)
        {
            yield return new AccuracyFigures("mean squared reconstruction error", "", samples, source, scores.Reference, null, scores.Other, HigherIsBetter: false, null);
            if (scores.RankCorrelation is double rank)
            {
                yield return new AccuracyFigures("rank correlation of reconstruction errors", "", samples, source, null, null, rank, HigherIsBetter: true, null);
            }
        }

        yield return new AccuracyFigures("SQNR of the outputs", "dB", samples, source, null, null, agreement.Decibels, HigherIsBetter: true, null);
    }

    private static CalibrationFacts? Calibration(QuantizationResult result, SampleSplit? samples)
    {
        return samples is null
            ? null
            : new CalibrationFacts(
                SchemeDescription.Of(result.Recipe.Operators.Calibration),
                samples.Calibration.Count,
                NameOf(samples.Calibration.Source),
                Classes(samples.Calibration),
                samples.Overlap ? 0 : samples.Measured.Count);
    }

    /// <summary>What decides beside the measure itself: labels.</summary>
    private static string Note(RepairOutcome repair)
    {
        return repair is { AccuracyBefore: double before, AccuracyAfter: double after }
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * before:0.00} % right before, {100 * after:0.00} % after")
            : "";
    }

    /// <summary>The name of a file, without the folders that it lies in on this machine.</summary>
    private static string NameOf(string source)
    {
        return Path.GetFileName(source) is { Length: > 0 } name ? name : source;
    }

    private static ClassCount[] Classes(SampleSet samples)
    {
        int[] labels = samples.Labels ?? [];
        return [.. Enumerable.Range(0, labels.DefaultIfEmpty(-1).Max() + 1).Select(label => new ClassCount($"{label}", labels.Count(other => other == label)))];
    }

    private static SensitivityFigures Sensitivity(SensitivityResult result, IReadOnlyList<OperatorQuality> operators)
    {
        string[] changes = [.. result.Changes.Select(change => $"{change.Operator.Kind} '{change.Operator.Name}': {change.Change}")];
        return new SensitivityFigures(
            Ratio,
            result.Quantized.Decibels,
            [
                .. result.Operators.Select(cost => new OperatorSensitivity(
                    cost.Name, cost.Kind, PositionOf(cost.Name, operators), cost.Alone.Decibels, cost.AllBut.Decibels, cost.Share)),
            ],
            changes.Length == 0 ? null : string.Join('\n', changes));
    }

    private static int? PositionOf(string name, IReadOnlyList<OperatorQuality> operators)
    {
        for (int i = 0; i < operators.Count; i++)
        {
            if (operators[i].Name == name)
            {
                return i;
            }
        }

        return null;
    }
}
