using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Json;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Boards;

/// <summary>The board that a file was made for, which stands in its model card: whoever is given the file sees whether it is meant for another.</summary>
internal static class BoardMark
{
    /// <summary>A file that says which board it was made for.</summary>
    /// <param name="file">The file, with a model card.</param>
    /// <param name="board">The board.</param>
    public static byte[] Write(byte[] file, Board board)
    {
        CardBoard mark = new() { Name = board.Name, Runtime = board.Runtime, Memory = BoardFit.MemoryBesideFile(ModelInspector.Inspect(file)) };
        ModelCard card = ModelRunner.ReadCard(file) ?? throw new ArgumentException("It has no model card.", nameof(file));
        return ModelWriter.WithSections(file, [(SectionKind.ModelCard, ModelCardJson.Write(card with { Board = mark }))]);
    }

    /// <summary>Refuses a file that was made for a board with another runtime. One that was made for no board in particular goes everywhere.</summary>
    /// <param name="file">The file.</param>
    /// <param name="runtime">The runtime of the board that it comes to.</param>
    /// <param name="place">What that is called in the message: "raspberry-pi-5".</param>
    /// <exception cref="BoardException">It was.</exception>
    public static void Require(byte[] file, BoardRuntime runtime, string place)
    {
        if (ModelRunner.ReadCard(file)?.Board is CardBoard mark && mark.Runtime != runtime)
        {
            throw new BoardException(
                $"The file was made for the board {mark.Name}, which runs {Words.Of(mark.Runtime)}; {place} runs {Words.Of(runtime)}. "
                + "Convert the network again for this board: edgequant convert MODEL -o OUT.eqm --board BOARD ('edgequant boards' lists them).");
        }
    }
}
