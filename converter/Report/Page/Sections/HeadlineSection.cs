using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>The few numbers that count, and the warnings.</summary>
internal static class HeadlineSection
{
    private const double GoodSqnr = 20;

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        using (html.In("section", ("id", "overview"), ("aria-label", "Overview")))
        {
            Warnings(html, report);
            using (html.In("div", ("class", "cards")))
            {
                foreach (AccuracyFigures accuracy in report.Accuracy)
                {
                    Accuracy(html, accuracy);
                }

                Size(html, report.Sizes);
                Arena(html, report);
                Output(html, report);
                Work(html, report);
            }
        }
    }

    private static void Warnings(HtmlWriter html, QuantizationReport report)
    {
        if (report.Warnings.Count == 0)
        {
            return;
        }

        using (html.In("ul", ("class", "warnings"), ("aria-label", "Warnings")))
        {
            foreach (string warning in report.Warnings)
            {
                html.Element("li", warning);
            }
        }
    }

    private static void Accuracy(HtmlWriter html, AccuracyFigures accuracy)
    {
        double? reached = accuracy.Packed ?? accuracy.Simulated ?? accuracy.Float;
        using (Card(html, accuracy.Measure, reached is double value ? Figures.Measure(value, accuracy.Unit) : Figures.None, Verdict(accuracy)))
        {
            using (html.In("table", ("class", "versions")))
            {
                Version(html, accuracy, "float", accuracy.Float);
                Version(html, accuracy, "simulated", accuracy.Simulated);
                Version(html, accuracy, "packed file", accuracy.Packed);
            }

            html.Element("p", $"{Figures.Count(accuracy.Samples)} samples, {accuracy.Source}", ("class", "note"));
        }
    }

    private static void Version(HtmlWriter html, AccuracyFigures accuracy, string name, double? value)
    {
        if (value is not double number)
        {
            return;
        }

        double full = accuracy.Unit == "%" ? 100 : new[] { accuracy.Float ?? 0, accuracy.Simulated ?? 0, accuracy.Packed ?? 0 }.Max(Math.Abs);
        using (html.In("tr"))
        {
            html.Element("th", name, ("scope", "row"));
            using (html.In("td"))
            {
                Bar(html, full > 0 ? Math.Abs(number) / full : 0, name == "float" ? "meter ground" : "meter");
            }

            html.Element("td", Figures.Measure(number, accuracy.Unit), ("class", "number"));
        }
    }

    private static (string Class, string Text)? Verdict(AccuracyFigures accuracy)
    {
        if (accuracy.Drop is not double drop)
        {
            return null;
        }

        string points = accuracy.Unit == "%" ? " points" : "";
        string size = Math.Abs(drop).ToString(accuracy.Unit == "%" ? "0.00" : "G3", CultureInfo.InvariantCulture);
        (string worse, string better) = accuracy.HigherIsBetter ? ("lost", "gained") : ("higher", "lower");
        string lost = size is "0" or "0.00" ? "nothing lost" : $"{size}{points} {(drop > 0 ? worse : better)}";
        string limit = accuracy.MostDrop is double most ? $", limit {most.ToString("0.##", CultureInfo.InvariantCulture)}" : "";
        return (accuracy.IsOverLimit ? "bad" : "good", lost + limit);
    }

    private static void Size(HtmlWriter html, SizeFigures sizes)
    {
        double share = sizes.SourceBytes > 0 ? (double)sizes.FileBytes / sizes.SourceBytes : 0;
        string ratio = sizes.FileBytes > 0 && sizes.FileBytes < sizes.SourceBytes
            ? $"{((double)sizes.SourceBytes / sizes.FileBytes).ToString("0.0", CultureInfo.InvariantCulture)} times smaller"
            : $"{(share * 100).ToString("0", CultureInfo.InvariantCulture)} % of the source";
        using (Card(html, "file", Figures.Bytes(sizes.FileBytes), (share <= 1 ? "good" : "fair", ratio)))
        {
            double most = Math.Max(sizes.FileBytes, sizes.SourceBytes);
            using (html.In("table", ("class", "versions")))
            {
                foreach ((string name, long bytes) in new[] { ("source", sizes.SourceBytes), ("model file", sizes.FileBytes) })
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", name, ("scope", "row"));
                        using (html.In("td"))
                        {
                            Bar(html, most > 0 ? bytes / most : 0, name == "source" ? "meter ground" : "meter");
                        }

                        html.Element("td", Figures.Bytes(bytes), ("class", "number"));
                    }
                }
            }

            html.Element("p", $"{Figures.Count(sizes.FileBytes)} bytes with model card and self-test", ("class", "note"));
        }
    }

    private static void Arena(HtmlWriter html, QuantizationReport report)
    {
        ArenaFigures arena = report.Arena;
        bool isBest = arena.Bytes <= arena.LowerBound;
        string verdict = isBest ? "no plan can be smaller" : $"at least {Figures.Bytes(arena.LowerBound)}";
        using (Card(html, "arena", Figures.Bytes(arena.Bytes), (isBest ? "good" : "fair", verdict)))
        {
            using (html.In("dl"))
            {
                PageSection.Fact(html, "state", Figures.Bytes(report.Sizes.StateBytes));
                PageSection.Fact(html, "allocated at load", Figures.Bytes(report.Sizes.LoadBytes));
                PageSection.Fact(html, "operators in place", Figures.Count(arena.InPlace));
            }
        }
    }

    private static void Output(HtmlWriter html, QuantizationReport report)
    {
        TensorQuality[] outputs = [.. report.Outputs.Select(output => report.Tensors[output]).Where(tensor => tensor.Error is not null)];
        if (outputs.Length == 0)
        {
            return;
        }

        TensorQuality worst = outputs.MinBy(tensor => tensor.Error!.Sqnr)!;
        double sqnr = worst.Error!.Sqnr;
        using (Card(html, outputs.Length == 1 ? "output signal to noise" : "worst output signal to noise", Figures.Decibels(sqnr), (sqnr >= GoodSqnr ? "good" : "bad", $"cosine {Figures.Cosine(worst.Error.Cosine)}")))
        {
            using (html.In("dl"))
            {
                PageSection.Fact(html, "largest error", Figures.Real(worst.Error.Largest));
                PageSection.Fact(html, "output", Figures.Cut(worst.Name, 40));
            }
        }
    }

    private static void Work(HtmlWriter html, QuantizationReport report)
    {
        int device = report.Operators.Count(op => op.Place == OperatorPlace.Device);
        int host = report.Operators.Count - device;
        using (Card(html, "one inference", Figures.Rough(report.Sizes.Macs) + " MACs", null))
        {
            using (html.In("dl"))
            {
                PageSection.Fact(html, "operators", host == 0 ? Figures.Count(device) : $"{Figures.Count(device)} and {Figures.Count(host)} on the host");
                PageSection.Fact(html, "in the source", Figures.Count(report.Sizes.SourceOperators));
                PageSection.Fact(html, "self-test", report.Sizes.SelfTestRecords == 0 ? "none" : $"{report.Sizes.SelfTestRecords} records, all passed");
            }
        }
    }

    private static HtmlWriter.Scope Card(HtmlWriter html, string name, string value, (string Class, string Text)? verdict)
    {
        HtmlWriter.Scope card = html.In("article", ("class", "card"));
        html.Element("h3", name);
        html.Element("p", value, ("class", "value"));
        if (verdict is (string kind, string text))
        {
            html.Element("p", text, ("class", $"verdict {kind}"));
        }

        return card;
    }

    /// <summary>A bar that fills a share of its place.</summary>
    internal static void Bar(HtmlWriter html, double share, string kind)
    {
        using (html.In("svg", ("class", kind), ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")))
        {
            html.Leaf("rect", ("class", "rest"), ("width", "100"), ("height", "8"));
            html.Leaf("rect", ("class", "part"), ("width", HtmlWriter.Number(Math.Clamp(share, 0, 1) * 100)), ("height", "8"));
        }
    }
}
