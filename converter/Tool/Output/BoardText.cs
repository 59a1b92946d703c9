using System.Globalization;
using EdgeQuant.Converter.Boards;
using Spectre.Console;

namespace EdgeQuant.Tool.Output;

/// <summary>Boards, and how models fit them, as text.</summary>
internal static class BoardText
{
    /// <summary>Prints a line for each board.</summary>
    public static void Print(ToolConsole console, IReadOnlyList<Board> boards)
    {
        Table table = ListTable.Create().Name("board").Text("").Number("cores").Number("MHz").Number("RAM").Number("largest block").Number("flash");
        foreach (Board board in boards)
        {
            table.Row(
                board.Name,
                board.Title,
                Units.Count(board.Processor.Cores),
                Units.Count(board.Processor.ClockMegahertz),
                Units.Bytes(board.Memory.Ram),
                Units.Bytes(board.Memory.LargestBlock),
                Units.Bytes(board.Memory.Flash));
        }

        console.Write(table);
    }

    /// <summary>Prints all that is known of a board.</summary>
    public static void Print(ToolConsole console, Board board)
    {
        Facts facts = new();
        facts.Add("board", $"{board.Title} ({board.Name})");
        facts.Add("runs", board.Runtime == BoardRuntime.Net ? ".NET" : ".NET nanoFramework");
        facts.Add("processor", $"{board.Processor.Chip}, {board.Processor.Architecture}, {board.Processor.Cores} cores at {board.Processor.ClockMegahertz} MHz");
        facts.Add("memory", $"{Units.Bytes(board.Memory.Ram)} free, at most {Units.Bytes(board.Memory.LargestBlock)} in one piece");
        facts.Add("flash", $"{Units.Bytes(board.Memory.Flash)} for models");
        foreach (BoardBus bus in board.Buses)
        {
            facts.Add("bus", $"{bus.Kind.ToString().ToUpperInvariant()} {bus.Number}: {string.Join(", ", bus.Pins.Select(pin => $"{pin.Key} {pin.Value}"))}");
        }

        facts.Add("pins", string.Join(", ", board.Pins));
        facts.Add("analog inputs", board.AnalogInputs.Count == 0 ? "none" : string.Join(", ", board.AnalogInputs));
        facts.Add("sensors", board.Sensors.Count == 0 ? "none on the board" : string.Join(", ", board.Sensors));
        facts.Add("deployment", board.Deployment switch { BoardDeployment.Ssh => "over SSH", BoardDeployment.Serial => "flashed through its serial port", _ => "none: it is this machine" });
        facts.Add("source", board.Source);
        facts.Add("cost model", board.Costs?.Source ?? "none: time is measured");
        facts.Print(console);
    }

    /// <summary>Adds how a model fits a board.</summary>
    public static void Add(Facts facts, BoardFit fit)
    {
        facts.Add("board", $"{fit.Board}: fits");
        foreach (FitCheck check in fit.Checks)
        {
            facts.Add($"  {check.What}", Amount(check, fit));
        }
    }

    private static string Amount(FitCheck check, BoardFit fit)
    {
        return check.Unit switch
        {
            "seconds" => Time(check, fit),
            "operators" => $"{Units.Count((long)check.Needed)}, all in the board's runtime",
            _ => $"{Units.Bytes((long)check.Needed)} of {Units.Bytes((long)(check.Available ?? 0))}",
        };
    }

    private static string Time(FitCheck check, BoardFit fit)
    {
        string time = $"about {Units.Duration(check.Needed * 1e9)}, estimated: {fit.CostSource}";
        string deadline = check.Available is double available ? $" A decision is due every {Units.Duration(available * 1e9)}." : "";
        string slowest = string.Join(", ", fit.Slowest.Select(share => $"{share.Kind} {share.Index.ToString(CultureInfo.InvariantCulture)} {Units.Percent(share.Share)}"));
        return $"{time}{deadline} Slowest: {slowest}.";
    }
}
