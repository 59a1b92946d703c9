using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Report.Page;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Benchmarks;

/// <summary>The benchmark's figures as one page that needs nothing else: a picture of the ratios, and a bar for each operator.</summary>
internal static class BenchmarkPage
{
    private const int Width = 900;
    private const int Names = 190;
    private const int Figures = 70;
    private const int Row = 26;
    private const int Bar = 16;
    private const int Top = 28;

    /// <summary>Writes the page.</summary>
    public static byte[] Write(BenchmarkDocument document)
    {
        HtmlWriter html = new();
        html.Raw("<!DOCTYPE html>\n");
        using (html.In("html", ("lang", "en")))
        {
            Head(html);
            using (html.In("body"))
            {
                html.Element("h1", "EdgeQuant against ONNX Runtime");
                Machine(html, document);
                Ratios(html, document);
                foreach (NetworkFigures network in document.Networks)
                {
                    Network(html, network);
                }
            }
        }

        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(html.ToString());
    }

    private static void Head(HtmlWriter html)
    {
        using Stream stream = typeof(BenchmarkPage).Assembly.GetManifestResourceStream("page.css")!;
        using StreamReader style = new(stream);
        using (html.In("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Element("title", "EdgeQuant benchmark");
            html.Raw($"<style>{style.ReadToEnd()}</style>");
        }
    }

    private static void Machine(HtmlWriter html, BenchmarkDocument document)
    {
        MachineFigures machine = document.Machine;
        html.Element("p", $"{machine.Processor} ({string.Join(", ", machine.Features)}), {machine.System}. EdgeQuant {machine.EdgeQuant}{(machine.Peer is null ? "" : ", " + machine.Peer)}, {machine.ThreadsAndCores()}.");
        foreach (KernelSetFigures set in document.Networks[0].Sets)
        {
            html.Element("p", $"Peak of one core with {set.Kernels}: {Units.Rate(set.Peak.MacsPerSecond)} MACs/s ({set.Peak.Instruction}; measured).");
        }
    }

    /// <summary>Bars on a logarithmic scale, from 1 to the right where EdgeQuant is faster, to the left where it is slower.</summary>
    private static void Ratios(HtmlWriter html, BenchmarkDocument document)
    {
        (string Name, double Ratio, string Text)[] bars =
        [
            .. document.Networks.SelectMany(network => network.Sets.Where(set => set.Ratio is not null).Select(set => (
                $"{network.Name}, {set.Kernels}",
                set.Ratio!.OfMedians,
                $"{Units.Duration(set.Nanoseconds.Median)} against {Units.Duration(network.Peer!.Median)}"))),
            .. document.GeometricMeans.Select(mean => ($"geometric mean, {mean.Kernels}", mean.Ratio.OfMedians, $"{mean.Networks} networks")),
        ];
        bars = Array.FindAll(bars, bar => bar.Ratio > 0);
        if (bars.Length == 0)
        {
            return;
        }

        html.Element("h2", "How many times as fast (medians, ONNX Runtime's call taken off)");
        int low = (int)Math.Floor(Math.Min(-1, bars.Min(bar => Math.Log2(bar.Ratio))));
        int high = (int)Math.Ceiling(Math.Max(1, bars.Max(bar => Math.Log2(bar.Ratio))));
        int height = Top + (bars.Length * Row);
        using (html.In("svg", ("viewBox", $"0 0 {Width} {height}"), ("role", "img"), ("aria-label", "ratios")))
        {
            for (int power = low; power <= high; power++)
            {
                string x = HtmlWriter.Number(X(power));
                html.Leaf("line", ("class", power == 0 ? "one" : "grid"), ("x1", x), ("x2", x), ("y1", "20"), ("y2", HtmlWriter.Number(height)));
                html.Element("text", Math.Pow(2, power).ToString(CultureInfo.InvariantCulture), ("class", "axis"), ("x", x), ("y", "14"));
            }

            for (int i = 0; i < bars.Length; i++)
            {
                double end = X(Math.Log2(bars[i].Ratio));
                double y = Top + (i * Row);
                using (html.In("g"))
                {
                    html.Element("title", bars[i].Text);
                    html.Element("text", bars[i].Name, ("class", "name"), ("x", HtmlWriter.Number(Names - 10)), ("y", HtmlWriter.Number(y + 12)));
                    html.Leaf(
                        "rect",
                        ("class", bars[i].Ratio < 1 ? "slower" : "faster"),
                        ("x", HtmlWriter.Number(Math.Min(end, X(0)))),
                        ("y", HtmlWriter.Number(y)),
                        ("width", HtmlWriter.Number(Math.Abs(end - X(0)))),
                        ("height", HtmlWriter.Number(Bar)));
                    html.Element("text", Units.Significant(bars[i].Ratio), ("class", "figure"), ("x", HtmlWriter.Number(Math.Max(end, X(0)) + 6)), ("y", HtmlWriter.Number(y + 12)));
                }
            }
        }

        double X(double power)
        {
            return Names + ((power - low) / (high - low) * (Width - Names - Figures));
        }
    }

    private static void Network(HtmlWriter html, NetworkFigures network)
    {
        html.Element("h2", network.Name);
        html.Element("p", $"{Units.Count(network.Macs)} MACs, {Units.Bytes(network.FileBytes)}." + (network.Peer is PeerFigures peer
            ? $" ONNX Runtime ({peer.Source}): median {Units.Duration(peer.Median)}, minimum {Units.Duration(peer.Minimum)}, without a call of {Units.Duration(peer.Call.Median)}."
            : ""));
        foreach (KernelSetFigures set in network.Sets)
        {
            html.Element("p", $"{set.Kernels}: median {Units.Duration(set.Nanoseconds.Median)}, minimum {Units.Duration(set.Nanoseconds.Minimum)}, {Units.Percent(set.ShareOfPeak)} of peak; load {Units.Duration(set.Load.Median)}; "
                + $"in a new process load {Units.Duration(set.First.Load)}, first inference {Units.Duration(set.First.Inference)}.");
            Operators(html, set);
        }
    }

    private static void Operators(HtmlWriter html, KernelSetFigures set)
    {
        using (html.In("table"))
        {
            using (html.In("tr"))
            {
                foreach (string heading in (string[])["operator", "output", "MACs", "median", "of the time", "of peak"])
                {
                    html.Element("th", heading);
                }
            }

            foreach (OperatorFigures op in set.Operators)
            {
                using (html.In("tr"))
                {
                    html.Element("td", op.Kind);
                    html.Element("td", Units.Shape(op.Output));
                    html.Element("td", op.Macs == 0 ? "" : Units.Count(op.Macs), ("class", "number"));
                    html.Element("td", Units.Duration(op.Nanoseconds.Median), ("class", "number"));
                    Part(html, op.Share, "time");
                    Part(html, op.Macs == 0 ? null : op.ShareOfPeak, "peak");
                }
            }
        }
    }

    private static void Part(HtmlWriter html, double? part, string kind)
    {
        using (html.In("td"))
        {
            if (part is double known)
            {
                html.Leaf("meter", ("class", kind), ("value", known.ToString("0.###", CultureInfo.InvariantCulture)), ("max", "1"));
                html.Text(" " + Units.Percent(known));
            }
        }
    }
}
