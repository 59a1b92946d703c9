using System.CommandLine;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Verbs;

/// <summary>The option that holds a model against a board.</summary>
internal sealed class BoardOption
{
    private readonly Option<string?> _board = new("--board")
    {
        Description = "Say whether the model fits a board, and write nothing if it does not: a name ('edgequant boards' lists them), or a file that describes another.",
        HelpName = "BOARD",
    };

    /// <summary>Adds the option to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_board);
    }

    /// <summary>The board that is asked for; null if none is.</summary>
    /// <exception cref="BoardException">There is none of that name, or its file is wrong.</exception>
    public Board? Read(ParseResult arguments)
    {
        return arguments.GetValue(_board) is string name ? Find(name) : null;
    }

    /// <summary>Refuses a file that does not fit.</summary>
    /// <returns>How it fits.</returns>
    /// <exception cref="BoardFitException">It does not.</exception>
    public static BoardFit Require(Board board, byte[] file)
    {
        BoardFit fit = BoardFit.Of(board, ModelInspector.Inspect(file));
        return fit.Fits ? fit : throw new BoardFitException(fit);
    }

    /// <summary>A board by its name, or by the file that describes it.</summary>
    /// <exception cref="BoardException">There is none of that name, or its file is wrong.</exception>
    public static Board Find(string name)
    {
        return name.EndsWith(".json", StringComparison.Ordinal) ? BoardReader.Read(InputFile.Read(name), name) : BoardCatalog.Find(name);
    }
}
