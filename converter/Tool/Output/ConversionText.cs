using System.Globalization;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Output;

/// <summary>A conversion as text.</summary>
internal static class ConversionText
{
    /// <param name="console">Where to print.</param>
    /// <param name="source">The network's file.</param>
    /// <param name="target">The model file.</param>
    /// <param name="page">The page about it; null if none was written.</param>
    /// <param name="report">What the conversion achieved.</param>
    public static void Print(ToolConsole console, string source, string target, string? page, ConversionReport report)
    {
        Facts facts = new();
        facts.Add("source", $"{Units.Bytes(report.SourceBytes)} in {source}");
        facts.Add("model file", $"{Units.Bytes(report.FileBytes)} in {target} ({Units.Percent((double)report.FileBytes / report.SourceBytes)} of the source)");
        facts.Add("operators", $"{report.Operators} on the device{HostOperators(report)}, {report.SourceOperators} in the source; {Units.Count(report.Macs)} MACs");
        Add(facts, report.Quantization);
        facts.Add("arena", $"{Units.Bytes(report.ArenaBytes)}; at least {Units.Count(report.ArenaLowerBound)} are alive at once; operators in place: {report.InPlaceOperators}");
        facts.Add("state", Units.Bytes(report.StateBytes));
        facts.Add("at load", $"{Units.Bytes(report.LoadBytes)} allocated in all, arena and state included (measured)");
        facts.Add("self-test", $"{report.SelfTestRecords} records in the file, all passed");
        if (report.Board is BoardFit fit)
        {
            BoardText.Add(facts, fit);
        }

        if (page is not null)
        {
            facts.Add("report", $"{page}, and as JSON {Path.ChangeExtension(page, ".json")}");
        }

        facts.Print(console);
    }

    private static void Add(Facts facts, QuantizationSummary? summary)
    {
        if (summary is null)
        {
            return;
        }

        facts.Add("quantized", string.Join("; ", summary.Schemes.Select(scheme => $"{scheme.Operators} operators {scheme.Scheme}")));
        facts.Add("calibrated", summary.Samples == 0 ? "by the ranges of the recipe" : $"with {Units.Count(summary.Samples)} samples");
        foreach (RepairOutcome repair in summary.Repairs)
        {
            facts.Add("repair", $"{repair.Repair}: SQNR {EvaluationText.Ratio(repair.DecibelsBefore)} -> {EvaluationText.Ratio(repair.DecibelsAfter)}{(repair.Kept ? "" : ", not kept")}");
        }

        if (summary.Metric is Metric metric && summary.FloatPoints is double before && summary.PackedPoints is double after)
        {
            facts.Add("accuracy", $"{metric.ShortName()} {Points(after)}, float {Points(before)}: {Change(before - after)}");
        }

        if (summary.Agreement is Agreement agreement)
        {
            string what = string.Join(", ", [$"SQNR {EvaluationText.Ratio(agreement.Decibels)} against float", .. EvaluationText.Decided(agreement)]);
            string where = summary.MeasuredOnCalibration ? "samples, which it was calibrated with" : "other samples";
            facts.Add("outputs", $"{what}, on {Units.Count(summary.MeasuredSamples)} {where}");
        }

        facts.Add("took", string.Join(", ", summary.Steps.Select(step => $"{step.Step} {Units.Duration(step.Seconds * 1e9)}")));
    }

    private static string Points(double points)
    {
        return EvaluationText.Number(points, "0.00") + " %";
    }

    private static string Change(double drop)
    {
        string points = Math.Abs(drop).ToString("0.00", CultureInfo.InvariantCulture);
        return points == "0.00" ? "nothing lost" : $"{points} points {(drop > 0 ? "lost" : "won")}";
    }

    private static string HostOperators(ConversionReport report)
    {
        return report.HostOperators == 0 ? "" : $" and {report.HostOperators} on the host";
    }
}
