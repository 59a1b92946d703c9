using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>The arena over time, and the sections of the file.</summary>
internal static class MemorySection
{
    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        using (PageSection.Begin(html, "memory", "Memory", "The arena, where activations live: each rectangle is a buffer, from the operator that first writes it to the one that reads it last."))
        {
            if (report.Arena.Bytes == 0)
            {
                html.Element("p", "The network needs no arena.");
            }

            using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Map of the arena")))
            {
                ArenaDrawing.Write(html, report.Arena);
            }

            html.Element("h3", "The file");
            double most = Math.Max(1, report.Sizes.Sections.Select(section => section.Bytes).DefaultIfEmpty(0).Max());
            using (html.In("table", ("class", "versions")))
            {
                foreach (SectionReport section in report.Sizes.Sections)
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", section.Name, ("scope", "row"));
                        using (html.In("td"))
                        {
                            HeadlineSection.Bar(html, section.Bytes / most, "meter");
                        }

                        html.Element("td", Figures.Bytes(section.Bytes), ("class", "number"));
                    }
                }
            }
        }
    }
}
