using System.Globalization;
using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Report.Page;

/// <summary>
/// The arena over time: a column for each moment (the inputs, each operator, the outputs), bytes from bottom to top, a rectangle for each
/// buffer as long as it lives.
/// </summary>
internal sealed class ArenaDrawing
{
    private const double Left = 56;
    private const double Right = 8;
    private const double Top = 12;
    private const double PlotWidth = 896;
    private const double PlotHeight = 260;
    private const double Bottom = 34;
    private const int Colours = 8;
    private const int MostLabels = 16;
    private const double SmallestLabelled = 54;

    private readonly ArenaFigures _arena;
    private readonly int _moments;

    private ArenaDrawing(ArenaFigures arena)
    {
        _arena = arena;
        _moments = arena.Operators + 2;
    }

    public static void Write(HtmlWriter html, ArenaFigures arena)
    {
        if (arena.Bytes > 0)
        {
            new ArenaDrawing(arena).Write(html);
        }
    }

    private void Write(HtmlWriter html)
    {
        string view = $"0 0 {HtmlWriter.Number(Left + PlotWidth + Right)} {HtmlWriter.Number(Top + PlotHeight + Bottom)}";
        using (html.In("svg", ("class", "arena"), ("viewBox", view), ("role", "img"), ("aria-label", $"The arena over time: {_arena.Buffers.Count} buffers in {_arena.Bytes} bytes.")))
        {
            html.Leaf("rect", ("class", "ground"), ("x", HtmlWriter.Number(Left)), ("y", HtmlWriter.Number(Top)), ("width", HtmlWriter.Number(PlotWidth)), ("height", HtmlWriter.Number(PlotHeight)));
            Scale(html);
            for (int i = 0; i < _arena.Buffers.Count; i++)
            {
                Buffer(html, _arena.Buffers[i], i);
            }

            Moments(html);
        }
    }

    private void Buffer(HtmlWriter html, BufferReport buffer, int position)
    {
        double left = X(buffer.First + 1);
        double width = Math.Max(X(buffer.Last + 2) - left, 0.5);
        double top = Y(buffer.Offset + (long)buffer.Bytes);
        double height = Math.Max(Y(buffer.Offset) - top, 0.5);
        using (html.In("g", ("class", $"buffer c{position % Colours}")))
        {
            html.Element("title", $"buffer {buffer.Index}: {Figures.Count(buffer.Bytes)} bytes from {Figures.Count(buffer.Offset)}, {Moment(buffer.First)} to {Moment(buffer.Last)}");
            html.Leaf("rect", ("x", HtmlWriter.Number(left)), ("y", HtmlWriter.Number(top)), ("width", HtmlWriter.Number(width)), ("height", HtmlWriter.Number(height)), ("rx", "1.5"));
            if (width > SmallestLabelled && height > 14)
            {
                html.Element("text", Figures.Bytes(buffer.Bytes), ("x", HtmlWriter.Number(left + (width / 2))), ("y", HtmlWriter.Number(top + (height / 2) + 4)), ("text-anchor", "middle"));
            }
        }
    }

    private void Scale(HtmlWriter html)
    {
        const int Lines = 4;
        for (int i = 0; i <= Lines; i++)
        {
            long bytes = (long)_arena.Bytes * i / Lines;
            double y = Y(bytes);
            html.Leaf("path", ("class", "grid"), ("d", $"M{HtmlWriter.Number(Left)} {HtmlWriter.Number(y)}h{HtmlWriter.Number(PlotWidth)}"));
            html.Element("text", Figures.Bytes(bytes), ("x", HtmlWriter.Number(Left - 6)), ("y", HtmlWriter.Number(y + 4)), ("text-anchor", "end"));
        }
    }

    private void Moments(HtmlWriter html)
    {
        int step = Math.Max(1, (_moments + MostLabels - 1) / MostLabels);
        for (int moment = 0; moment < _moments; moment++)
        {
            bool isEdge = moment == 0 || moment == _moments - 1;
            bool isCrowded = !isEdge && ((moment - 1) % step != 0 || moment > _moments - 1 - step);
            if (!isCrowded)
            {
                html.Element(
                    "text",
                    Moment(moment - 1),
                    ("x", HtmlWriter.Number((X(moment) + X(moment + 1)) / 2)),
                    ("y", HtmlWriter.Number(Top + PlotHeight + 18)),
                    ("text-anchor", "middle"));
            }
        }
    }

    private string Moment(int op)
    {
        return op < 0 ? "in" : op >= _arena.Operators ? "out" : op.ToString(CultureInfo.InvariantCulture);
    }

    private double X(int moment)
    {
        return Left + (PlotWidth * moment / _moments);
    }

    private double Y(long bytes)
    {
        return Top + PlotHeight - (PlotHeight * bytes / _arena.Bytes);
    }
}
