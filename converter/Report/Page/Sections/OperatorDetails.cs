using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>Everything that is known of one operator.</summary>
internal static class OperatorDetails
{
    public static void Write(HtmlWriter html, QuantizationReport report, int position)
    {
        OperatorQuality op = report.Operators[position];
        using (html.In("article", ("class", "detail"), ("id", $"op-{position}")))
        {
            using (html.In("h3"))
            {
                html.Element("span", op.Number, ("class", $"swatch {OperatorText.Classes(op)}"));
                html.Text(op.Kind);
            }

            html.Element("p", op.Name, ("class", "name"));
            Facts(html, report, op);
            Tensors(html, report, "Reads", op.Inputs.OfType<int>());
            Tensors(html, report, "Writes", op.Outputs);
        }
    }

    private static void Facts(HtmlWriter html, QuantizationReport report, OperatorQuality op)
    {
        using (html.In("dl", ("class", "facts")))
        {
            PageSection.Fact(html, "runs", op.DeviceKind is null ? "on the host" : $"on the device as {op.DeviceKind}");
            PageSection.Fact(html, "source", op.Source);
            if (op.Attributes.Length > 0)
            {
                PageSection.Fact(html, "attributes", op.Attributes);
            }

            if (op.Weights is not null)
            {
                PageSection.Fact(html, "weights", op.Weights);
            }

            PageSection.Fact(html, "constants", $"{Figures.Count(op.ConstantBytes)} bytes");
            PageSection.Fact(html, "MACs", Figures.Count(op.Macs));
            if (op.Error is ErrorFigures error)
            {
                PageSection.Fact(html, "signal to noise", Figures.Decibels(error.Sqnr));
                PageSection.Fact(html, "cosine", Figures.Cosine(error.Cosine));
                PageSection.Fact(html, "largest error", Figures.Real(error.Largest));
            }

            if (OperatorText.Clipped(report, op) is double clipped)
            {
                PageSection.Fact(html, "clipped", Figures.Share(clipped));
            }
        }
    }

    private static void Tensors(HtmlWriter html, QuantizationReport report, string title, IEnumerable<int> tensors)
    {
        html.Element("h4", title);
        using (html.In("ul", ("class", "tensors")))
        {
            foreach (int position in tensors)
            {
                using (html.In("li", ("data-tensor", position.ToString())))
                {
                    TensorText.Write(html, report.Tensors[position]);
                }
            }
        }
    }
}
