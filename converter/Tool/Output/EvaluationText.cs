using System.Globalization;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>An evaluation as text.</summary>
internal static class EvaluationText
{
    private const int MostConfusionColumns = 20;
    private const int MostConfusions = 12;

    public static void Print(ToolConsole console, Evaluation evaluation)
    {
        Facts facts = new();
        facts.Add("network", $"{evaluation.Network}, {Form(evaluation.Form)}");
        facts.Add("samples", $"{Units.Count(evaluation.Records)} from {evaluation.Samples}");
        Add(facts, evaluation.Classification);
        Add(facts, evaluation.Anomaly);
        Add(facts, evaluation.Regression);
        Add(facts, evaluation.Agreement);
        facts.Print(console);
        if (evaluation.Classification is ClassificationFigures figures)
        {
            PrintClasses(console, figures);
            PrintConfusion(console, figures);
        }
    }

    /// <summary>How far two networks agree in what is decided by their outputs: classes, or anomaly scores; empty where nothing is.</summary>
    public static IEnumerable<string> Decided(Agreement agreement)
    {
        if (agreement.SameTop1 is double share)
        {
            yield return $"same top-1 on {Share(share)}";
        }

        if (agreement.AnomalyScores is ScoreAgreement scores)
        {
            yield return $"mean squared reconstruction error {Number(scores.Other, "G5")}, {agreement.Network} {Number(scores.Reference, "G5")}, a sample's differ by up to {Number(scores.LargestDifference, "G3")}";
            if (scores.RankCorrelation is double rank)
            {
                yield return $"rank correlation of these errors {Number(rank, "0.0000")}";
            }
        }
    }

    /// <summary>How a network is executed, in words.</summary>
    public static string Form(SubjectForm form)
    {
        return form switch
        {
            SubjectForm.Float => "with real numbers",
            SubjectForm.Simulated => "quantized, simulated with real numbers",
            _ => "with integers, as on the device",
        };
    }

    private static void Add(Facts facts, ClassificationFigures? figures)
    {
        if (figures is null)
        {
            return;
        }

        int right = figures.Confusion.Select((row, i) => row[i]).Sum();
        facts.Add("top-1", $"{Share(figures.Top1)}: {Units.Count(right)} of {Units.Count(figures.Records)}");
        if (figures.K > 1 && figures.K < figures.Classes.Count)
        {
            facts.Add($"top-{figures.K}", Share(figures.TopK));
        }

        facts.Add("F1", $"{Share(figures.MacroF1)}, the mean over classes");
        if (figures.NotANumber > 0)
        {
            facts.Add("no numbers", $"{Units.Count(figures.NotANumber)} samples have scores that are no numbers; they count as wrong");
        }
    }

    private static void Add(Facts facts, AnomalyFigures? figures)
    {
        if (figures is null)
        {
            return;
        }

        string score = figures.Score == AnomalyScore.Output ? "the output" : "the mean squared reconstruction error";
        facts.Add("score", $"{score}; {Units.Count(figures.Scores)} scores, {Units.Count(figures.Positives)} of them abnormal");
        facts.Add("AUC", Number(figures.Area, "0.0000"));
        facts.Add("partial AUC", $"{Number(figures.PartialArea, "0.0000")} up to {Units.Percent(figures.PartialRate)} false positives, scaled so that 0.5 is chance");
    }

    private static void Add(Facts facts, RegressionFigures? figures)
    {
        if (figures is null)
        {
            return;
        }

        facts.Add("mean error", $"{Number(figures.MeanAbsoluteError, "G5")} absolute, {Number(figures.RootMeanSquaredError, "G5")} root mean squared");
        facts.Add("largest error", Number(figures.LargestError, "G5"));
        facts.Add("R squared", Number(figures.RSquared, "0.00000"));
    }

    private static void Add(Facts facts, Agreement? agreement)
    {
        if (agreement is null)
        {
            return;
        }

        string outputs = string.Join("; ", agreement.Outputs.Select(output =>
            $"{(agreement.Outputs.Count > 1 ? $"'{output.Name}': " : "")}SQNR {Ratio(output.Decibels)}, cosine {Number(output.Cosine, "0.00000")}, largest difference {Number(output.LargestError, "G4")}"));
        facts.Add("agreement", $"with {agreement.Network}: {string.Join("; ", [.. Decided(agreement), outputs])}");
    }

    private static void PrintClasses(ToolConsole console, ClassificationFigures figures)
    {
        Table table = ListTable.Create().Number("class").Number("samples").Number("precision").Number("recall").Number("F1");
        foreach (ClassFigures one in figures.Classes)
        {
            table.Row(Whole(one.Class), Units.Count(one.Records), Share(one.Precision), Share(one.Recall), Share(one.F1));
        }

        console.Line();
        console.Write(table);
    }

    private static void PrintConfusion(ToolConsole console, ClassificationFigures figures)
    {
        console.Line();
        if (figures.Classes.Count > MostConfusionColumns)
        {
            PrintConfusions(console, figures);
            return;
        }

        console.Line("Confusion: a row for each label, a column for what it was taken for");
        Table table = ListTable.Create().Number("");
        foreach (ClassFigures one in figures.Classes)
        {
            table.Number(Whole(one.Class));
        }

        foreach ((int[] row, int label) in figures.Confusion.Select((row, i) => (row, i)))
        {
            table.Row([Whole(label), .. row.Select(count => count == 0 ? "." : Whole(count))]);
        }

        console.Write(table);
    }

    /// <summary>Of many classes the pairs that are taken for each other most.</summary>
    private static void PrintConfusions(ToolConsole console, ClassificationFigures figures)
    {
        console.Line("Confused most");
        Table table = ListTable.Create().Number("label").Number("taken for").Number("samples");
        IEnumerable<(int Label, int Taken, int Count)> pairs = figures.Confusion.SelectMany((row, label) => row.Select((count, taken) => (label, taken, count)));
        foreach ((int label, int taken, int count) in pairs.Where(pair => pair.Label != pair.Taken && pair.Count > 0).OrderByDescending(pair => pair.Count).Take(MostConfusions))
        {
            table.Row(Whole(label), Whole(taken), Units.Count(count));
        }

        console.Write(table);
    }

    /// <summary>A share as a percentage with two digits, which 10,000 samples can tell.</summary>
    public static string Share(double share)
    {
        return Number(100 * share, "0.00") + " %";
    }

    /// <summary>A ratio in dB; exact where nothing differs.</summary>
    public static string Decibels(double decibels)
    {
        return double.IsPositiveInfinity(decibels) ? "exact" : double.IsFinite(decibels) ? Number(decibels, "0.0") : "none";
    }

    /// <summary>The same with its unit.</summary>
    public static string Ratio(double decibels)
    {
        return double.IsFinite(decibels) ? Decibels(decibels) + " dB" : Decibels(decibels);
    }

    /// <summary>A number in a format, the same everywhere.</summary>
    public static string Number(double number, string format)
    {
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Whole(int number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
