using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>The top of the page: what the report is about, and the way to its parts.</summary>
internal static class HeaderSection
{
    private const int ShownHash = 12;

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        using (html.In("header", ("class", "top")))
        {
            using (html.In("div", ("class", "brand")))
            {
                Mark(html);
                html.Element("strong", "EdgeQuant");
                html.Element("span", "quantization report");
            }

            html.Element("button", "Theme", ("type", "button"), ("id", "theme"), ("aria-label", "Change between light and dark"));
        }

        using (html.In("div", ("class", "hero")))
        {
            ReportSubject subject = report.Subject;
            html.Element("h1", subject.Model);
            if (subject.Scheme.Length > 0)
            {
                html.Element("p", subject.Scheme, ("class", "scheme"));
            }

            using (html.In("p", ("class", "origin")))
            {
                Part(html, subject.SourceFile, null);
                Part(html, subject.Format, null);
                Part(html, $"SHA-256 {subject.Sha256[..Math.Min(ShownHash, subject.Sha256.Length)]}…", subject.Sha256);
                Part(html, subject.Made.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture), null);
                Part(html, $"EdgeQuant {subject.Tool}", null);
            }
        }

        using (html.In("nav", ("aria-label", "Parts of the report")))
        {
            foreach ((string id, string name) in Parts(report))
            {
                html.Element("a", name, ("href", $"#{id}"));
            }
        }
    }

    private static IEnumerable<(string Id, string Name)> Parts(QuantizationReport report)
    {
        yield return ("overview", "Overview");
        yield return ("graph", "Network");
        yield return ("operators", "Operators");
        if (DistributionSection.Tensors(report).Any())
        {
            yield return ("distributions", "Distributions");
        }

        if (report.Calibration is not null)
        {
            yield return ("calibration", "Calibration");
        }

        if (report.Repairs.Count > 0)
        {
            yield return ("repair", "Repair");
        }

        if (report.Sensitivity is not null)
        {
            yield return ("sensitivity", "Sensitivity");
        }

        yield return ("memory", "Memory");
        if (report.Recipe is not null)
        {
            yield return ("recipe", "Recipe");
        }

        yield return ("facts", "Facts");
    }

    private static void Part(HtmlWriter html, string text, string? title)
    {
        html.Element("span", text, ("title", title));
    }

    /// <summary>A smooth curve and the steps that it becomes.</summary>
    private static void Mark(HtmlWriter html)
    {
        using (html.In("svg", ("class", "mark"), ("viewBox", "0 0 32 32"), ("aria-hidden", "true")))
        {
            html.Leaf("rect", ("width", "32"), ("height", "32"), ("rx", "8"));
            html.Leaf("path", ("class", "curve"), ("d", "M5 25C13 25 15 7 27 7"));
            html.Leaf("path", ("class", "steps"), ("d", "M5 25h5v-4h4v-5h3v-5h4v-4h6"));
        }
    }
}
