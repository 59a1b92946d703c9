using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Quantizing.Recipes;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>A sensitivity analysis as text.</summary>
internal static class SensitivityText
{
    public static void Print(ToolConsole console, SensitivityResult result)
    {
        Facts facts = new();
        facts.Add("samples", $"{Units.Count(result.Records)} from {result.Samples} for each measurement");
        facts.Add("quantized", $"SQNR {EvaluationText.Ratio(result.Quantized.Decibels)}{Points(result, result.Quantized)}");
        facts.Print(console);
        PrintOperators(console, result);
        console.Line();
        PrintSuggestion(console, result);
    }

    /// <summary>The changes that help, a line each; one line that says so where none does.</summary>
    public static IEnumerable<string> Changes(SensitivityResult result)
    {
        return result.Changes.Count == 0
            ? ["No change of a single operator's scheme helps much."]
            : result.Changes.Select(change =>
                $"{change.Operator.Kind} '{ComparisonText.Short(change.Operator.Name)}' (operator {change.Operator.Position}): {change.Change} -> SQNR {EvaluationText.Ratio(change.After.Decibels)}{Points(result, change.After)}");
    }

    private static void PrintOperators(ToolConsole console, SensitivityResult result)
    {
        Table table = ListTable.Create().Number("#").Name("operator").Name("tensor").Text("scheme").Number("alone dB").Number("all but dB").Number("of the noise");
        bool measured = result.Metric is not null;
        if (measured)
        {
            table.Number("alone").Number("all but");
        }

        foreach (OperatorCost cost in result.Operators)
        {
            string[] cells =
            [
                cost.Position.ToString(CultureInfo.InvariantCulture),
                cost.Kind,
                ComparisonText.Short(cost.Name),
                cost.Scheme,
                EvaluationText.Decibels(cost.Alone.Decibels),
                EvaluationText.Decibels(cost.AllBut.Decibels),
                Units.Percent(cost.Share),
            ];
            table.Row(measured ? [.. cells, Value(cost.Alone), Value(cost.AllBut)] : cells);
        }

        console.Line();
        console.Write(table);
    }

    private static void PrintSuggestion(ToolConsole console, SensitivityResult result)
    {
        if (result.Changes.Count > 0)
        {
            console.Line("What would help, one after the other:");
        }

        foreach (string line in Changes(result))
        {
            console.Line("  " + line);
        }

        if (result.Changes.Count > 0)
        {
            console.Line();
            console.Line("As a recipe (--suggest OUT.json writes it, --recipe reads it):");
            console.Line(Encoding.UTF8.GetString(RecipeJson.Write(result.Suggestion)).TrimEnd());
        }
    }

    private static string Points(SensitivityResult result, Measurement measurement)
    {
        return result.Metric is Metric metric ? $", {metric.ShortName()} {Value(measurement)} (float {Value(result.Float)})" : "";
    }

    private static string Value(Measurement measurement)
    {
        return measurement.Points is double points ? EvaluationText.Number(points, "0.00") + " %" : "";
    }
}
