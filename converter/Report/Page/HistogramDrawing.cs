using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>
/// A histogram with the range that was chosen: heights are logarithms of counts, so that the few values in the tails show; what lies outside
/// the range is clipped and stands out.
/// </summary>
internal static class HistogramDrawing
{
    private const double Width = 320;
    private const double Height = 120;
    private const double Top = 8;
    private const double Base = 98;
    private const double Side = 6;
    private const double NarrowestRange = 2;

    public static void Write(HtmlWriter html, TensorQuality tensor)
    {
        if (tensor.Histogram is not HistogramFigures histogram)
        {
            return;
        }

        (double low, double high) = Axis(histogram, tensor.Range);
        double scale = (Width - (2 * Side)) / (high - low);
        string summary = $"Histogram of {tensor.Name}: values from {Figures.Real(histogram.Minimum)} to {Figures.Real(histogram.Maximum)}"
            + (tensor.Range is ValueRange chosen ? $", range {Figures.Real(chosen.Minimum)} to {Figures.Real(chosen.Maximum)}" : "");
        using (html.In("svg", ("class", "histogram"), ("viewBox", $"0 0 {HtmlWriter.Number(Width)} {HtmlWriter.Number(Height)}"), ("role", "img"), ("aria-label", summary)))
        {
            if (tensor.Range is ValueRange range)
            {
                Range(html, At(range.Minimum), At(range.Maximum));
            }

            html.Leaf("path", ("class", "bars"), ("d", Bars(histogram, tensor.Range, clipped: false, At)));
            html.Leaf("path", ("class", "bars clipped"), ("d", Bars(histogram, tensor.Range, clipped: true, At)));
            html.Leaf("path", ("class", "axis"), ("d", $"M{HtmlWriter.Number(Side)} {HtmlWriter.Number(Base)}H{HtmlWriter.Number(Width - Side)}"));
            Labels(html, low, high, At);
        }

        double At(double value)
        {
            return Side + ((Math.Clamp(value, low, high) - low) * scale);
        }
    }

    /// <summary>What the axis spans: all values, and the range as far as it is not much wider than they are.</summary>
    private static (double Low, double High) Axis(HistogramFigures histogram, ValueRange? range)
    {
        double width = histogram.Maximum - histogram.Minimum;
        double margin = width > 0 ? width / 2 : Math.Max(Math.Abs(histogram.Maximum), 1e-6) / 2;
        double low = Math.Max(Math.Min(histogram.Minimum, range?.Minimum ?? double.MaxValue), histogram.Minimum - margin);
        double high = Math.Min(Math.Max(histogram.Maximum, range?.Maximum ?? double.MinValue), histogram.Maximum + margin);
        return high > low ? (low, high) : (low - margin, high + margin);
    }

    private static void Range(HtmlWriter html, double from, double to)
    {
        html.Leaf(
            "rect",
            ("class", "range"),
            ("x", HtmlWriter.Number(from)),
            ("y", HtmlWriter.Number(Top - 4)),
            ("width", HtmlWriter.Number(Math.Max(to - from, NarrowestRange))),
            ("height", HtmlWriter.Number(Base - Top + 4)));
        html.Leaf("path", ("class", "limit"), ("d", $"M{HtmlWriter.Number(from)} {HtmlWriter.Number(Top - 4)}V{HtmlWriter.Number(Base + 4)}M{HtmlWriter.Number(to)} {HtmlWriter.Number(Top - 4)}V{HtmlWriter.Number(Base + 4)}"));
    }

    /// <summary>The bars whose middle lies inside the range, or those whose middle does not.</summary>
    private static string Bars(HistogramFigures histogram, ValueRange? range, bool clipped, Func<double, double> at)
    {
        double bin = (histogram.Maximum - histogram.Minimum) / histogram.Counts.Count;
        double highest = Math.Log(1 + Math.Max(histogram.Counts.Max(), 1));
        List<string> bars = [];
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            double middle = histogram.Minimum + ((i + 0.5) * bin);
            bool outside = range is not null && (middle < range.Minimum || middle > range.Maximum);
            if (histogram.Counts[i] == 0 || outside != clipped)
            {
                continue;
            }

            double left = at(histogram.Minimum + (i * bin));
            double width = Math.Max(at(histogram.Minimum + ((i + 1) * bin)) - left - 0.6, 1);
            double height = Math.Max(Math.Log(1 + histogram.Counts[i]) / highest * (Base - Top), 1.5);
            bars.Add($"M{HtmlWriter.Number(left)} {HtmlWriter.Number(Base)}v{HtmlWriter.Number(-height)}h{HtmlWriter.Number(width)}v{HtmlWriter.Number(height)}z");
        }

        return string.Concat(bars);
    }

    private static void Labels(HtmlWriter html, double low, double high, Func<double, double> at)
    {
        const double Room = 64;
        Label(html, Side, "start", Figures.Real(low));
        Label(html, Width - Side, "end", Figures.Real(high));
        double zero = at(0);
        if (low < 0 && high > 0 && zero > Side + Room && zero < Width - Side - Room)
        {
            Label(html, zero, "middle", "0");
        }
    }

    private static void Label(HtmlWriter html, double x, string anchor, string text)
    {
        html.Element("text", text, ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(Height - 4)), ("text-anchor", anchor));
    }
}
