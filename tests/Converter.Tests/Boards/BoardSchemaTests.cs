using System.Text;
using System.Text.Json.Nodes;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Tests.Json;
using EdgeQuant.Tests.Support;
using Json.Schema;
using Xunit;

namespace EdgeQuant.Converter.Tests.Boards;

/// <summary>The boards are as their schema says, and the schema allows and refuses what the reader does.</summary>
public sealed class BoardSchemaTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "boards");

    private static readonly JsonSchema s_schema = JsonSchema.FromFile(Path.Combine(s_folder, "board.schema.json"));

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(s_folder, "*.json").Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_board_is_as_the_schema_says_and_named_like_its_file(string file)
    {
        JsonNode board = Parse(file);

        Assert.True(IsAllowed(board), $"{file} is not as board.schema.json says.");
        Assert.Equal(Path.GetFileNameWithoutExtension(file), Read(board).Name);
        Assert.Contains(BoardCatalog.All, known => known.Name == Path.GetFileNameWithoutExtension(file));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Schema_and_reader_refuse_the_same(string file)
    {
        int refused = 0;
        foreach ((string what, JsonNode board) in ChangedDocuments.Of(Parse(file)))
        {
            bool allowed = IsAllowed(board);
            Assert.True(allowed == IsRead(board), $"{file}, {what}: the schema {(allowed ? "allows" : "refuses")} it, the reader does not.");
            refused += allowed ? 0 : 1;
        }

        Assert.True(refused > 100, $"{refused} changes were refused");
    }

    [Fact]
    public void A_member_that_nobody_knows_is_named_with_the_nearest()
    {
        JsonNode board = Parse("raspberry-pi-4.json");
        board["processor"]!["clockMegahert"] = 1;

        BoardException exception = Assert.Throws<BoardException>(() => Read(board));

        Assert.False(IsAllowed(board));
        Assert.Contains("clockMegahert", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"clockMegahertz\"?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_is_no_larger_than_the_memory_it_lies_in()
    {
        JsonNode board = Parse("raspberry-pi-4.json");
        board["memory"]!["largestBlock"] = 786_432_001;

        Assert.Contains("at most \"ram\"", Assert.Throws<BoardException>(() => Read(board)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_that_is_not_there_is_answered_with_those_that_are()
    {
        BoardException exception = Assert.Throws<BoardException>(() => BoardCatalog.Find("raspberry-pi-6"));

        Assert.Contains("Did you mean \"raspberry-pi-4\"?", exception.Message, StringComparison.Ordinal);
        Assert.All(BoardCatalog.All, board => Assert.Contains(board.Name, exception.Message, StringComparison.Ordinal));
    }

    private static JsonNode Parse(string file)
    {
        return JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, file)))!;
    }

    private static bool IsAllowed(JsonNode board)
    {
        return s_schema.Evaluate(board).IsValid;
    }

    private static bool IsRead(JsonNode board)
    {
        try
        {
            _ = Read(board);
            return true;
        }
        catch (BoardException)
        {
            return false;
        }
    }

    private static Board Read(JsonNode board)
    {
        return BoardReader.Read(Encoding.UTF8.GetBytes(board.ToJsonString()), "board.json");
    }
}
