using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>What remains to be said: inputs, outputs, self-test, source.</summary>
internal static class FactSection
{
    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        using (PageSection.Begin(html, "facts", "Facts", "What goes in and out, and how the file proves itself on a device."))
        {
            Tensors(html, report, "Inputs", report.Inputs);
            Tensors(html, report, "Outputs", report.Outputs);
            html.Element("h3", "Self-test");
            html.Element(
                "p",
                report.Sizes.SelfTestRecords == 0
                    ? "The file carries no self-test."
                    : $"The file carries {report.Sizes.SelfTestRecords} records of inputs with the outputs that they must give, byte for byte; all were run after packing and passed. A device can run them too.");
            html.Element("h3", "Source");
            using (html.In("dl", ("class", "facts")))
            {
                PageSection.Fact(html, "file", report.Subject.SourceFile);
                PageSection.Fact(html, "SHA-256", report.Subject.Sha256);
                PageSection.Fact(html, "bytes", Figures.Count(report.Sizes.SourceBytes));
            }
        }
    }

    private static void Tensors(HtmlWriter html, QuantizationReport report, string title, IReadOnlyList<int> tensors)
    {
        html.Element("h3", title);
        using (html.In("ul", ("class", "tensors")))
        {
            foreach (int position in tensors)
            {
                using (html.In("li"))
                {
                    TensorText.Write(html, report.Tensors[position]);
                }
            }
        }
    }
}
