using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>Makes tables of one look: headings, no frame, as narrow as their contents.</summary>
internal static class ListTable
{
    private const int Gap = 2;

    private static readonly Style Heading = new(decoration: Decoration.Bold);

    public static Table Create()
    {
        return new Table { Border = TableBorder.None };
    }

    /// <summary>Adds a column of text, which may be wrapped.</summary>
    public static Table Text(this Table table, string heading)
    {
        return Add(table, heading, Justify.Left, wrap: true);
    }

    /// <summary>Adds a column of names, never wrapped.</summary>
    public static Table Name(this Table table, string heading)
    {
        return Add(table, heading, Justify.Left, wrap: false);
    }

    /// <summary>Adds a column of numbers, aligned at their ends, never wrapped.</summary>
    public static Table Number(this Table table, string heading)
    {
        return Add(table, heading, Justify.Right, wrap: false);
    }

    /// <summary>Adds a row of cells that are shown as they are.</summary>
    public static void Row(this Table table, params string[] cells)
    {
        table.AddRow(Array.ConvertAll(cells, cell => new Text(cell)));
    }

    private static Table Add(Table table, string heading, Justify alignment, bool wrap)
    {
        return table.AddColumn(new TableColumn(new Text(heading, Heading)) { Alignment = alignment, NoWrap = !wrap, Padding = new Padding(0, 0, Gap, 0) });
    }
}
