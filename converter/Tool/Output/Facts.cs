using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>A list of names and what is to say about each, in two columns.</summary>
internal sealed class Facts
{
    private readonly Table _table = new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumn("name", column => column.NoWrap().PadLeft(0).PadRight(2)).AddColumn("fact");

    public void Add(string name, string fact)
    {
        _table.AddRow(new Text(name, new Style(Color.Grey)), new Text(Printable.Of(fact)));
    }

    public void Print(ToolConsole console)
    {
        console.Write(_table);
    }
}
