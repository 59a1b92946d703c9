using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>All operators in a table that sorts.</summary>
internal static class OperatorSection
{
    private static readonly (string Name, bool IsNumber, bool IsLoss)[] Columns =
    [
        ("#", true, false),
        ("Operator", false, false),
        ("SQNR", true, true),
        ("Bits", true, false),
        ("Constants", true, false),
        ("MACs", true, false),
        ("Cosine", true, true),
        ("Clipped", true, true),
        ("Weights", false, false),
        ("Output", false, false),
    ];

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        bool hasLosses = OperatorText.HasLosses(report);
        using (PageSection.Begin(html, "operators", "Operators", "In the order of execution; a column's heading sorts by it." + (hasLosses ? " SQNR is the signal-to-quantization-noise ratio of the operator's output against the float network: 6 dB are one bit." : "")))
        {
            using (html.In("label", ("class", "filter")))
            {
                html.Text("Filter ");
                html.Void("input", ("type", "search"), ("id", "filter"), ("placeholder", "kind or name"));
            }

            using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Table of operators")))
            {
                using (html.In("table", ("class", "list"), ("id", "table")))
                {
                    Head(html, hasLosses);
                    using (html.In("tbody"))
                    {
                        double bytes = Math.Max(1, report.Operators.Select(op => op.ConstantBytes).DefaultIfEmpty(0).Max());
                        double macs = Math.Max(1, report.Operators.Select(op => op.Macs).DefaultIfEmpty(0).Max());
                        for (int i = 0; i < report.Operators.Count; i++)
                        {
                            Row(html, report, i, bytes, macs, hasLosses);
                        }
                    }
                }
            }
        }
    }

    private static void Head(HtmlWriter html, bool hasLosses)
    {
        using (html.In("thead"))
        {
            using (html.In("tr"))
            {
                foreach ((string name, bool isNumber, _) in Columns.Where(column => hasLosses || !column.IsLoss))
                {
                    using (html.In("th", ("scope", "col"), ("class", isNumber ? "number" : null), ("aria-sort", "none")))
                    {
                        html.Element("button", name, ("type", "button"));
                    }
                }
            }
        }
    }

    private static void Row(HtmlWriter html, QuantizationReport report, int position, double mostBytes, double mostMacs, bool hasLosses)
    {
        OperatorQuality op = report.Operators[position];
        using (html.In("tr", ("data-op", position.ToString(CultureInfo.InvariantCulture))))
        {
            Cell(html, position, op.Number, "number");
            using (html.In("th", ("scope", "row"), ("data-value", op.Kind)))
            {
                html.Element("button", op.Kind, ("type", "button"), ("class", "pick"));
                html.Element("span", op.Name, ("class", "name"), ("title", op.Name));
            }

            if (hasLosses)
            {
                Noise(html, op.Error?.Sqnr);
            }

            Cell(html, op.WeightBits ?? op.ActivationBits, OperatorText.Bits(op), "number");
            Measured(html, op.ConstantBytes, op.ConstantBytes == 0 ? "" : Figures.Bytes(op.ConstantBytes), op.ConstantBytes / mostBytes);
            Measured(html, op.Macs, op.Macs == 0 ? "" : Figures.Rough(op.Macs), op.Macs / mostMacs);
            if (hasLosses)
            {
                double? clipped = OperatorText.Clipped(report, op);
                Cell(html, op.Error?.Cosine, Figures.Cosine(op.Error?.Cosine), "number");
                Cell(html, clipped, Figures.Share(clipped), "number");
            }

            html.Element("td", op.Weights ?? "");
            html.Element("td", op.Outputs.Count == 0 ? "" : $"{report.Tensors[op.Outputs[0]].Type} {Figures.Shape(report.Tensors[op.Outputs[0]].Shape)}", ("class", "shape"));
        }
    }

    private static void Noise(HtmlWriter html, double? sqnr)
    {
        using (html.In("td", ("class", "number"), ("data-value", Value(sqnr))))
        {
            html.Element("span", Figures.Decibels(sqnr), ("class", $"tag {ErrorScale.Of(sqnr)}"));
        }
    }

    private static void Measured(HtmlWriter html, double value, string text, double share)
    {
        using (html.In("td", ("class", "number measured"), ("data-value", Value(value))))
        {
            html.Element("span", text);
            if (value > 0)
            {
                HeadlineSection.Bar(html, share, "meter");
            }
        }
    }

    private static void Cell(HtmlWriter html, double? value, string text, string kind)
    {
        html.Element("td", text, ("class", kind), ("data-value", Value(value)));
    }

    /// <summary>What a cell sorts by; without a value it goes last.</summary>
    private static string Value(double? value)
    {
        return value is double number && !double.IsNaN(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "none";
    }
}
