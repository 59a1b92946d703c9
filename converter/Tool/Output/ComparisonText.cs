using System.Globalization;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>A comparison of two networks as text.</summary>
internal static class ComparisonText
{
    private const int LongestName = 48;

    public static void Print(ToolConsole console, NetworkComparison comparison)
    {
        Facts facts = new();
        facts.Add("first", $"{comparison.First}, {EvaluationText.Form(comparison.FirstForm)}");
        facts.Add("second", $"{comparison.Second}, {EvaluationText.Form(comparison.SecondForm)}");
        facts.Add("samples", $"{Units.Count(comparison.Records)} from {comparison.Samples}");
        string[] decided = [.. EvaluationText.Decided(comparison.Outputs)];
        if (decided.Length > 0)
        {
            facts.Add("decisions", string.Join("; ", decided));
        }

        facts.Add("first bad", FirstBad(comparison));
        facts.Print(console);
        PrintLayers(console, comparison);
        if (comparison.Note is not null)
        {
            console.Line();
            console.Line(comparison.Note);
        }
        else if (comparison.Unmatched > 0)
        {
            console.Line();
            console.Line($"{comparison.Unmatched} tensors of the first network are not in the second, or not under a name of theirs.");
        }
    }

    /// <summary>A name without what TensorFlow Lite joined to it, and not longer than a table can bear.</summary>
    public static string Short(string name)
    {
        int end = name.IndexOf(';', StringComparison.Ordinal);
        string first = end < 0 ? name : name[..end];
        return Printable.Of(first.Length > LongestName ? "…" + first[^(LongestName - 1)..] : first);
    }

    private static string FirstBad(NetworkComparison comparison)
    {
        string limit = EvaluationText.Ratio(comparison.LimitDecibels);
        return comparison.FirstBad is int bad
            ? $"{comparison.Layers[bad].Operator} '{Short(comparison.Layers[bad].Values.Name)}': the first below {limit}"
            : comparison.Layers.Count == 0 ? "not known: nothing can be seen between inputs and outputs" : $"none: no layer is below {limit}";
    }

    private static void PrintLayers(ToolConsole console, NetworkComparison comparison)
    {
        Table table = ListTable.Create().Number("#").Name("operator").Name("tensor").Text("shape").Number("SQNR dB").Number("cosine").Number("largest").Number("equal").Text("");
        for (int i = 0; i < comparison.Layers.Count; i++)
        {
            LayerDifference layer = comparison.Layers[i];
            Row(table, i.ToString(CultureInfo.InvariantCulture), layer.Operator, layer.Values, Mark(comparison, i));
        }

        foreach (TensorAgreement output in comparison.Outputs.Outputs)
        {
            Row(table, "", "output", output, "");
        }

        console.Line();
        console.Write(table);
    }

    private static void Row(Table table, string number, string what, TensorAgreement values, string mark)
    {
        table.Row(
            number,
            what,
            Short(values.Name),
            Units.Shape(values.Shape),
            EvaluationText.Decibels(values.Decibels),
            EvaluationText.Number(values.Cosine, "0.00000"),
            EvaluationText.Number(values.LargestError, "G4"),
            EvaluationText.Share(values.EqualShare),
            mark);
    }

    private static string Mark(NetworkComparison comparison, int layer)
    {
        string bad = comparison.FirstBad == layer ? "<- first bad" : "";
        string fall = comparison.Steepest == layer ? $"<- loses most: {EvaluationText.Ratio(comparison.Layers[layer].Fall!.Value)}" : "";
        return string.Join(", ", new[] { bad, fall }.Where(text => text.Length > 0));
    }
}
