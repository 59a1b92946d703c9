using EdgeQuant.Converter.Report.Page.Layout;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>
/// The network drawn from its inputs at the top to its outputs at the bottom. Operators can be chosen with pointer and keyboard; what a node
/// is coloured by (error, bits, bytes) is a class of the whole drawing.
/// </summary>
internal sealed class GraphDrawing
{
    /// <summary>Beyond so many operators a drawing helps nobody and takes the browser long.</summary>
    public const int MostOperators = 3000;

    private const double BoxWidth = 232;
    private const double BoxHeight = 62;
    private const double PillHeight = 30;
    private const double Margin = 16;
    private const int MostCharacters = 26;

    private readonly QuantizationReport _report;
    private readonly LayeredLayout _layout;
    private readonly List<LayoutEdge> _edges;

    private GraphDrawing(QuantizationReport report)
    {
        _report = report;
        _edges = [.. report.Edges.Select(edge => new LayoutEdge(From(edge), To(edge)))];
        LayoutNode box = new(BoxWidth, BoxHeight);
        LayoutNode pill = new(BoxWidth, PillHeight);
        _layout = LayeredLayout.Of(
            [.. report.Inputs.Select(_ => pill), .. report.Operators.Select(_ => box), .. report.Outputs.Select(_ => pill)],
            _edges);
    }

    public static void Write(HtmlWriter html, QuantizationReport report)
    {
        new GraphDrawing(report).Write(html);
    }

    /// <summary>The nodes of the layout are the network's inputs, the operators, the network's outputs, in this order.</summary>
    private int From(FlowEdge edge)
    {
        return edge.From is int from ? _report.Inputs.Count + from : Position(_report.Inputs, edge.Tensor);
    }

    private int To(FlowEdge edge)
    {
        return edge.To is int to ? _report.Inputs.Count + to : _report.Inputs.Count + _report.Operators.Count + Position(_report.Outputs, edge.Tensor);
    }

    private static int Position(IReadOnlyList<int> tensors, int tensor)
    {
        return Math.Max(0, tensors.ToList().IndexOf(tensor));
    }

    private void Write(HtmlWriter html)
    {
        string width = HtmlWriter.Number(_layout.Width + (2 * Margin));
        string height = HtmlWriter.Number(_layout.Height + (2 * Margin));
        using (html.In(
            "svg",
            ("id", "network"),
            ("class", _report.Operators.Any(op => op.Error is not null) ? "network by-error" : "network by-bytes"),
            ("width", width),
            ("height", height),
            ("viewBox", $"0 0 {width} {height}"),
            ("role", "group"),
            ("aria-label", "The network, from its inputs at the top to its outputs at the bottom. Arrow keys move along it.")))
        {
            for (int i = 0; i < _edges.Count; i++)
            {
                Edge(html, i);
            }

            for (int i = 0; i < _report.Inputs.Count; i++)
            {
                Pill(html, i, "input", _report.Tensors[_report.Inputs[i]]);
            }

            for (int i = 0; i < _report.Operators.Count; i++)
            {
                Box(html, i);
            }

            for (int i = 0; i < _report.Outputs.Count; i++)
            {
                Pill(html, _report.Inputs.Count + _report.Operators.Count + i, "output", _report.Tensors[_report.Outputs[i]]);
            }
        }
    }

    private void Edge(HtmlWriter html, int edge)
    {
        IReadOnlyList<LayoutPoint> route = _layout.RouteOf(edge);
        string path = $"M{Point(route[0])}";
        for (int i = 1; i < route.Count; i++)
        {
            LayoutPoint above = route[i - 1];
            LayoutPoint below = route[i];
            double middle = (above.Y + below.Y) / 2;
            path += Math.Abs(above.X - below.X) < 0.5 ? $"L{Point(below)}" : $"C{Point(above with { Y = middle })} {Point(below with { Y = middle })} {Point(below)}";
        }

        LayoutPoint end = route[^1];
        string arrow = $"M{Point(new LayoutPoint(end.X - 4, end.Y - 6))}L{Point(end)}L{Point(new LayoutPoint(end.X + 4, end.Y - 6))}";
        html.Leaf("path", ("class", "edge"), ("data-from", Name(_edges[edge].From)), ("data-to", Name(_edges[edge].To)), ("d", path + arrow));
    }

    private void Pill(HtmlWriter html, int node, string what, TensorQuality tensor)
    {
        (double left, double top) = Corner(node, PillHeight);
        using (html.In("g", ("class", "pill"), ("transform", $"translate({HtmlWriter.Number(left)} {HtmlWriter.Number(top)})")))
        {
            html.Element("title", $"{what} {tensor.Name}: {tensor.Type} {Figures.Shape(tensor.Shape)}");
            html.Leaf("rect", ("width", HtmlWriter.Number(BoxWidth)), ("height", HtmlWriter.Number(PillHeight)), ("rx", "15"));
            Line(html, BoxWidth / 2, 19, "what", $"{what} · {tensor.Type} {Figures.Cut(Figures.Shape(tensor.Shape), 16)}", "middle");
        }
    }

    private void Box(HtmlWriter html, int position)
    {
        OperatorQuality op = _report.Operators[position];
        (double left, double top) = Corner(_report.Inputs.Count + position, BoxHeight);
        string id = Name(_report.Inputs.Count + position);
        TensorQuality? output = op.Outputs.Count > 0 ? _report.Tensors[op.Outputs[0]] : null;
        string held = output is null ? "" : $"{OperatorText.Bits(op)} · {Figures.Shape(output.Shape)}";
        string cost = string.Join(" · ", Costs(op));
        using (html.In(
            "g",
            ("class", $"node {OperatorText.Classes(op)}"),
            ("id", $"node-{id}"),
            ("data-op", id),
            ("data-layer", _layout.LayerOf(_report.Inputs.Count + position).ToString()),
            ("role", "button"),
            ("tabindex", position == 0 ? "0" : "-1"),
            ("aria-label", $"{op.Number}, {op.Kind}, {held}, {cost}, {op.Name}"),
            ("aria-pressed", "false"),
            ("transform", $"translate({HtmlWriter.Number(left)} {HtmlWriter.Number(top)})")))
        {
            html.Element("title", $"{op.Kind} {op.Name}");
            html.Leaf("rect", ("class", "box"), ("width", HtmlWriter.Number(BoxWidth)), ("height", HtmlWriter.Number(BoxHeight)), ("rx", "8"));
            html.Leaf("path", ("class", "bar"), ("d", $"M7 0h-0a7 7 0 0 0 -7 8v{HtmlWriter.Number(BoxHeight - 16)}a7 7 0 0 0 7 8z"));
            Line(html, 16, 20, "kind", Figures.Cut(op.Kind, MostCharacters - 4), "start");
            Line(html, BoxWidth - 10, 20, "number", op.Number, "end");
            Line(html, 16, 37, "held", Figures.Cut(held, MostCharacters + 4), "start");
            Line(html, 16, 53, "cost", Figures.Cut(cost, MostCharacters + 4), "start");
        }
    }

    private static IEnumerable<string> Costs(OperatorQuality op)
    {
        if (op.Place != OperatorPlace.Device)
        {
            yield return "on the host";
        }

        if (op.ConstantBytes > 0)
        {
            yield return Figures.Bytes(op.ConstantBytes);
        }

        if (op.Error is ErrorFigures error)
        {
            yield return Figures.Decibels(error.Sqnr);
        }
    }

    private (double Left, double Top) Corner(int node, double height)
    {
        LayoutPoint middle = _layout.PlaceOf(node);
        return (middle.X - (BoxWidth / 2) + Margin, middle.Y - (height / 2) + Margin);
    }

    /// <summary>The number of an operator on the page; inputs and outputs of the network have none.</summary>
    private string Name(int node)
    {
        int position = node - _report.Inputs.Count;
        return position >= 0 && position < _report.Operators.Count ? position.ToString() : "";
    }

    private static string Point(LayoutPoint point)
    {
        return $"{HtmlWriter.Number(point.X + Margin)} {HtmlWriter.Number(point.Y + Margin)}";
    }

    private static void Line(HtmlWriter html, double x, double y, string kind, string text, string anchor)
    {
        html.Element("text", text, ("class", kind), ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(y)), ("text-anchor", anchor == "start" ? null : anchor));
    }
}
