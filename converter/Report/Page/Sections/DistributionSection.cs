using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page.Sections;

/// <summary>Histograms of weights and activations, with the ranges that were chosen and what they clip.</summary>
internal static class DistributionSection
{
    /// <summary>Channels beyond so many are drawn thinned out.</summary>
    private const int MostChannels = 128;

    /// <summary>The positions of the tensors that have a histogram, in the order of the operators.</summary>
    public static IEnumerable<int> Tensors(QuantizationReport report)
    {
        return report.Operators
            .SelectMany(op => op.Inputs.OfType<int>().Concat(op.Outputs))
            .Distinct()
            .Where(position => report.Tensors[position].Histogram is not null);
    }

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        int[] tensors = [.. Tensors(report)];
        if (tensors.Length == 0)
        {
            return;
        }

        using (PageSection.Begin(html, "distributions", "Distributions", "How values are spread. The tinted band is what the tensor can hold; bars outside of it are clipped. Heights are logarithms of counts, so that tails show."))
        {
            using (html.In("div", ("class", "tools")))
            {
                using (html.In("label"))
                {
                    html.Text("Show ");
                    using (html.In("select", ("id", "role")))
                    {
                        html.Element("option", "all", ("value", ""));
                        html.Element("option", "weights", ("value", "weights"));
                        html.Element("option", "activations", ("value", "activation"));
                        html.Element("option", "what is clipped", ("value", "clipped"));
                    }
                }
            }

            using (html.In("div", ("class", "gallery")))
            {
                foreach (int position in tensors)
                {
                    Figure(html, report.Tensors[position], position);
                }
            }

            html.Element("button", "Show all", ("type", "button"), ("id", "all"));
        }
    }

    private static void Figure(HtmlWriter html, TensorQuality tensor, int position)
    {
        string kind = $"{tensor.Role.ToString().ToLowerInvariant()}{(tensor.Clipped > 0 ? " clipped" : "")}";
        using (html.In("figure", ("id", $"tensor-{position.ToString(CultureInfo.InvariantCulture)}"), ("data-kind", kind)))
        {
            using (html.In("figcaption"))
            {
                html.Element("span", tensor.Name, ("class", "name"));
                html.Element("span", $"{(tensor.Role == TensorRole.Weights ? "weights" : "activation")} · {tensor.Type} · {Figures.Shape(tensor.Shape)}", ("class", "held"));
            }

            HistogramDrawing.Write(html, tensor);
            using (html.In("dl", ("class", "facts")))
            {
                if (tensor.Observed is ValueRange seen)
                {
                    PageSection.Fact(html, "values", $"{Figures.Real(seen.Minimum)} to {Figures.Real(seen.Maximum)}");
                }

                if (tensor.Range is ValueRange range)
                {
                    PageSection.Fact(html, "range", $"{Figures.Real(range.Minimum)} to {Figures.Real(range.Maximum)}{(tensor.RangeMethod is string method ? $", {method}" : "")}");
                }

                else if (tensor.RangeMethod is string found)
                {
                    PageSection.Fact(html, "range", found);
                }

                if (tensor.Clipped is double clipped)
                {
                    PageSection.Fact(html, "clipped", clipped == 0 ? "nothing" : $"{Figures.Share(tensor.ClippedBelow)} below, {Figures.Share(tensor.ClippedAbove)} above");
                }
            }

            Channels(html, tensor);
        }
    }

    /// <summary>The scale of each channel, largest as high as the drawing.</summary>
    private static void Channels(HtmlWriter html, TensorQuality tensor)
    {
        if (tensor.Scales.Count < 2)
        {
            return;
        }

        int step = (tensor.Scales.Count + MostChannels - 1) / MostChannels;
        double[] scales = [.. tensor.Scales.Chunk(step).Select(chunk => chunk.Max())];
        double largest = scales.Max();
        double width = 320.0 / scales.Length;
        string bars = string.Concat(scales.Select((scale, i) =>
            $"M{HtmlWriter.Number(i * width)} 28v{HtmlWriter.Number(-Math.Max(scale / largest * 26, 0.5))}h{HtmlWriter.Number(Math.Max(width - 0.5, 0.5))}V28z"));
        using (html.In("svg", ("class", "channels"), ("viewBox", "0 0 320 28"), ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", $"Scales of {tensor.Scales.Count} channels")))
        {
            html.Leaf("path", ("d", bars));
        }

        html.Element("p", $"scale of each of {tensor.Scales.Count} channels: {Figures.Real(tensor.Scales.Min())} to {Figures.Real(tensor.Scales.Max())}", ("class", "note"));
    }
}
