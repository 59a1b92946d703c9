using System.Text;
using System.Text.Json.Nodes;
using EdgeQuant.Converter.Boards;
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
        foreach (string path in Paths(Parse(file), ""))
        {
            foreach (JsonNode? other in new JsonNode?[] { null, -1, 1.5, "", "a word", new JsonObject(), new JsonArray(), new JsonArray("x"), true })
            {
                JsonNode board = Parse(file);
                Replace(board, path, other);
                bool allowed = IsAllowed(board);
                Assert.True(allowed == IsRead(board), $"{file}, {path} as {other?.ToJsonString() ?? "null"}: the schema {(allowed ? "allows" : "refuses")} it, the reader does not.");
                refused += allowed ? 0 : 1;
            }

            JsonNode without = Parse(file);
            Replace(without, path, null, remove: true);
            Assert.True(IsAllowed(without) == IsRead(without), $"{file} without {path}: schema and reader differ.");
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

    /// <summary>The paths of all members and elements.</summary>
    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        IEnumerable<(string Name, JsonNode? Value)> parts = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray elements => elements.Select((element, i) => ($"{i}", element)),
            _ => [],
        };
        return parts.SelectMany(part => Paths(part.Value, $"{path}/{part.Name}").Prepend($"{path}/{part.Name}"));
    }

    private static void Replace(JsonNode board, string path, JsonNode? value, bool remove = false)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonNode parent = names[..^1].Aggregate(board, (node, name) => node is JsonArray array ? array[int.Parse(name)]! : node[name]!);
        switch (parent)
        {
            case JsonObject members when remove:
                members.Remove(names[^1]);
                break;
            case JsonObject members:
                members[names[^1]] = value?.DeepClone();
                break;
            case JsonArray elements when remove:
                elements.RemoveAt(int.Parse(names[^1]));
                break;
            case JsonArray elements:
                elements[int.Parse(names[^1])] = value?.DeepClone();
                break;
        }
    }
}
