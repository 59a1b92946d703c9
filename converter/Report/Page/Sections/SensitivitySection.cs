using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>What each operator costs by itself.</summary>
internal static class SensitivitySection
{
    private const int MostShown = 60;

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        if (report.Sensitivity is not SensitivityFigures sensitivity)
        {
            return;
        }

        using (PageSection.Begin(html, "sensitivity", "Sensitivity", $"What each operator costs by itself, most costly first: its share of what the outputs lose, and {sensitivity.Measure}, with this operator quantized and no other, and with all quantized but this. With all quantized it is {Figures.Decimal(sensitivity.Quantized)}."))
        {
            if (sensitivity.Suggestion is string suggestion)
            {
                using (html.In("div", ("class", "suggestion")))
                {
                    html.Element("h3", "What would help");
                    using (html.In("ul"))
                    {
                        foreach (string change in suggestion.Split('\n'))
                        {
                            html.Element("li", change);
                        }
                    }
                }
            }

            using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Sensitivity of operators")))
            {
                using (html.In("table", ("class", "list")))
                {
                    Head(html);
                    using (html.In("tbody"))
                    {
                        double most = Math.Max(1e-12, sensitivity.Ranking.Select(entry => entry.Cost).DefaultIfEmpty(0).Max());
                        foreach (OperatorSensitivity entry in sensitivity.Ranking.Take(MostShown))
                        {
                            Row(html, entry, entry.Cost / most);
                        }
                    }
                }
            }
        }
    }

    private static void Head(HtmlWriter html)
    {
        using (html.In("thead"))
        {
            using (html.In("tr"))
            {
                foreach ((string name, string? kind) in new[] { ("Operator", null), ("Share of the loss", "number"), ("This alone", "number"), ("All but this", "number") })
                {
                    html.Element("th", name, ("scope", "col"), ("class", kind));
                }
            }
        }
    }

    private static void Row(HtmlWriter html, OperatorSensitivity entry, double share)
    {
        using (html.In("tr", ("data-op", entry.Operator?.ToString(CultureInfo.InvariantCulture))))
        {
            using (html.In("th", ("scope", "row")))
            {
                html.Element(entry.Operator is null ? "span" : "button", entry.Kind, ("type", entry.Operator is null ? null : "button"), ("class", "pick"));
                html.Element("span", entry.Name, ("class", "name"), ("title", entry.Name));
            }

            using (html.In("td", ("class", "number measured")))
            {
                html.Element("span", Figures.Share(entry.Cost));
                HeadlineSection.Bar(html, share, "meter");
            }

            html.Element("td", entry.Alone is double alone ? Figures.Decimal(alone) : Figures.None, ("class", "number"));
            html.Element("td", entry.AllBut is double allBut ? Figures.Decimal(allBut) : Figures.None, ("class", "number"));
        }
    }
}
