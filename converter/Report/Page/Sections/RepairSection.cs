using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>What repairs were tried, and what each bought.</summary>
internal static class RepairSection
{
    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        if (report.Repairs.Count == 0)
        {
            return;
        }

        using (PageSection.Begin(html, "repair", "Repair", "What was tried against the losses, in this order, and what each bought on samples that were held out."))
        {
            using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Repairs")))
            {
                using (html.In("table", ("class", "list")))
                {
                    using (html.In("thead"))
                    {
                        using (html.In("tr"))
                        {
                            foreach ((string name, string? kind) in new[] { ("Repair", null), ("Kept", null), ("Measure", null), ("Before", "number"), ("After", "number"), ("Change", "number"), ("Note", null) })
                            {
                                html.Element("th", name, ("scope", "col"), ("class", kind));
                            }
                        }
                    }

                    using (html.In("tbody"))
                    {
                        foreach (RepairFigures repair in report.Repairs)
                        {
                            Row(html, repair);
                        }
                    }
                }
            }
        }
    }

    private static void Row(HtmlWriter html, RepairFigures repair)
    {
        using (html.In("tr"))
        {
            html.Element("th", repair.Name, ("scope", "row"));
            using (html.In("td"))
            {
                html.Element("span", repair.Kept ? "kept" : "left out", ("class", repair.Kept ? "verdict good" : "verdict plain"));
            }

            html.Element("td", repair.Measure);
            html.Element("td", Figures.Decimal(repair.Before), ("class", "number"));
            html.Element("td", Figures.Decimal(repair.After), ("class", "number"));
            html.Element("td", (repair.After - repair.Before).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture), ("class", "number"));
            html.Element("td", repair.Note);
        }
    }
}
