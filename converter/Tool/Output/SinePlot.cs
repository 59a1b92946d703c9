using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Demo;

namespace EdgeQuant.Tool.Output;

/// <summary>Draws the true sine and what the network makes of it with characters.</summary>
internal static class SinePlot
{
    private const int Rows = 21;
    private const int LabelWidth = 5;
    private const int WidestPlot = 100;
    private const char Sine = '.';
    private const char Network = 'o';

    public static void Print(ToolConsole console, IReadOnlyList<SinePoint> points)
    {
        int columns = Math.Clamp(console.PlotWidth - LabelWidth - 1, 1, WidestPlot);
        char[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
        for (int column = 0; column < columns; column++)
        {
            SinePoint point = points[columns == 1 ? 0 : (int)Math.Round((double)column * (points.Count - 1) / (columns - 1))];
            rows[RowOf(point.Sine)][column] = Sine;
            rows[RowOf(point.Int8)][column] = Network;
        }

        console.Markup($"[grey]{Sine}[/] sine   [green]{Network}[/] network, int8 (hides the sine where they coincide)");
        for (int row = 0; row < Rows; row++)
        {
            console.Markup(Label(row).PadLeft(LabelWidth) + " " + Painted(rows[row]));
        }

        console.Line(new string(' ', LabelWidth + 1) + "0" + "2 pi".PadLeft(Math.Max(0, columns - 1)));
    }

    private static int RowOf(double value)
    {
        return Math.Clamp((int)Math.Round((1 - value) / 2 * (Rows - 1)), 0, Rows - 1);
    }

    private static string Label(int row)
    {
        return row % ((Rows - 1) / 4) == 0 ? (1 - (2.0 * row / (Rows - 1))).ToString("0.0", CultureInfo.InvariantCulture) : "";
    }

    private static string Painted(char[] row)
    {
        StringBuilder painted = new();
        foreach (char cell in row)
        {
            painted.Append(cell switch
            {
                Sine => $"[grey]{Sine}[/]",
                Network => $"[green]{Network}[/]",
                _ => " ",
            });
        }

        return painted.ToString().TrimEnd();
    }
}
