using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>What the ranges of activations were taken from.</summary>
internal static class CalibrationSection
{
    private const int MostClasses = 100;

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        if (report.Calibration is not CalibrationFacts calibration)
        {
            return;
        }

        using (PageSection.Begin(html, "calibration", "Calibration", "What the ranges of activations were taken from."))
        {
            using (html.In("div", ("class", "columns")))
            {
                using (html.In("dl", ("class", "facts")))
                {
                    PageSection.Fact(html, "method", calibration.Method);
                    PageSection.Fact(html, "samples", Figures.Count(calibration.Samples));
                    PageSection.Fact(html, "from", calibration.Source);
                    if (calibration.HeldOut > 0)
                    {
                        PageSection.Fact(html, "held out", $"{Figures.Count(calibration.HeldOut)} to judge repairs by");
                    }

                    if (calibration.Classes.Count > 0)
                    {
                        int seen = calibration.Classes.Count(count => count.Samples > 0);
                        PageSection.Fact(html, "classes", $"{seen} of {calibration.Classes.Count} are among the samples");
                    }
                }

                Classes(html, calibration.Classes);
            }
        }
    }

    private static void Classes(HtmlWriter html, IReadOnlyList<ClassCount> classes)
    {
        if (classes.Count == 0)
        {
            return;
        }

        double most = Math.Max(1, classes.Max(count => count.Samples));
        using (html.In("table", ("class", "versions classes")))
        {
            html.Element("caption", "Samples of each class");
            foreach (ClassCount count in classes.Take(MostClasses))
            {
                using (html.In("tr", ("class", count.Samples == 0 ? "absent" : null)))
                {
                    html.Element("th", count.Label, ("scope", "row"));
                    using (html.In("td"))
                    {
                        HeadlineSection.Bar(html, count.Samples / most, "meter");
                    }

                    html.Element("td", count.Samples == 0 ? "none" : Figures.Count(count.Samples), ("class", "number"));
                }
            }
        }
    }
}
