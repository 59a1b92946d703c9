using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>The network as a drawing, and beside it what is known of the operator that was chosen.</summary>
internal static class GraphSection
{
    private static readonly (string Class, string Meaning)[] Bits = [("b2", "2"), ("b4", "4"), ("b8", "8"), ("b16", "16"), ("b32", "more"), ("bx", "none")];

    private static readonly (string Class, string Meaning)[] Sizes =
        [("s0", "none"), ("s1", "below 1 KiB"), ("s2", "below 8 KiB"), ("s3", "below 64 KiB"), ("s4", "64 KiB and more")];

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        using (PageSection.Begin(html, "graph", "Network", "From the inputs at the top to the outputs at the bottom. Choose an operator to see what it holds and what it loses."))
        {
            if (report.Operators.Count > GraphDrawing.MostOperators)
            {
                html.Element("p", $"The network has {report.Operators.Count} operators; a drawing of more than {GraphDrawing.MostOperators} cannot be read. The table below has them all.");
                return;
            }

            Tools(html, report.Operators.Any(op => op.Error is not null));
            using (html.In("div", ("class", "workbench")))
            {
                using (html.In("div", ("class", "canvas"), ("tabindex", "-1")))
                {
                    GraphDrawing.Write(html, report);
                }

                using (html.In("aside", ("class", "details"), ("id", "details"), ("aria-live", "polite"), ("aria-label", "The chosen operator")))
                {
                    html.Element("button", "Close", ("type", "button"), ("id", "close"));
                    html.Element("p", "No operator is chosen.", ("class", "hint"));
                    for (int i = 0; i < report.Operators.Count; i++)
                    {
                        OperatorDetails.Write(html, report, i);
                    }
                }
            }
        }
    }

    private static void Tools(HtmlWriter html, bool hasErrors)
    {
        using (html.In("div", ("class", "tools")))
        {
            using (html.In("label"))
            {
                html.Text("Colour by ");
                using (html.In("select", ("id", "colour")))
                {
                    if (hasErrors)
                    {
                        html.Element("option", "error", ("value", "by-error"));
                    }

                    html.Element("option", "bytes of constants", ("value", "by-bytes"));
                    html.Element("option", "bits", ("value", "by-bits"));
                }
            }

            if (hasErrors)
            {
                Legend(html, "by-error", ErrorScale.Steps);
            }

            Legend(html, "by-bits", Bits);
            Legend(html, "by-bytes", Sizes);
            using (html.In("div", ("class", "zoom"), ("role", "group"), ("aria-label", "Size of the drawing")))
            {
                html.Element("button", "−", ("type", "button"), ("data-zoom", "out"), ("aria-label", "Smaller"));
                html.Element("button", "Fit", ("type", "button"), ("data-zoom", "fit"), ("aria-label", "As wide as the page"));
                html.Element("button", "+", ("type", "button"), ("data-zoom", "in"), ("aria-label", "Larger"));
            }
        }
    }

    private static void Legend(HtmlWriter html, string scale, IReadOnlyList<(string Class, string Meaning)> steps)
    {
        using (html.In("ul", ("class", $"legend {scale}"), ("aria-label", "What the colours mean")))
        {
            foreach ((string kind, string meaning) in steps)
            {
                html.Element("li", meaning, ("class", kind));
            }
        }
    }
}
