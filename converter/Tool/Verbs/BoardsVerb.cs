using System.CommandLine;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Shows the boards that are known.</summary>
internal sealed class BoardsVerb : Verb
{
    private readonly Argument<string?> _board = new("BOARD") { Description = "Show this one whole: its name, or a file that describes another.", Arity = ArgumentArity.ZeroOrOne };

    public BoardsVerb()
        : base("boards", "List the boards that models can be checked against, or show one.")
    {
        Arguments.Add(_board);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        IReadOnlyList<Board> boards = arguments.GetValue(_board) is string name ? [BoardOption.Find(name)] : BoardCatalog.All;
        if (console.Json)
        {
            console.Write(boards, JsonDocuments.Compact.IReadOnlyListBoard);
        }
        else if (boards is [Board board] && arguments.GetValue(_board) is not null)
        {
            BoardText.Print(console, board);
        }
        else
        {
            BoardText.Print(console, boards);
        }

        return ExitCode.Done;
    }
}
