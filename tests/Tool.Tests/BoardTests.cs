using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Boards are listed, shown, and hold models back that do not fit.</summary>
public sealed class BoardTests(FloatModel model) : IClassFixture<FloatModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void Boards_are_listed_as_text_and_as_json()
    {
        string text = ToolProcess.Run("boards").Succeeded().Output;
        JsonElement[] boards = [.. JsonDocument.Parse(ToolProcess.Run("boards", "--json").Succeeded().Output).RootElement.EnumerateArray()];

        Assert.True(boards.Length >= 9);
        Assert.All(boards, board => Assert.Contains(board.GetProperty("name").GetString()!, text, StringComparison.Ordinal));
        Assert.Contains("mpu6886", ToolProcess.Run("boards", "m5stickc-plus").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_fits_is_written_and_says_how()
    {
        string output = _folder.File("out.eqm");
        JsonElement board = JsonDocument.Parse(Convert(output, "esp32-devkitc", "--json").Succeeded().Output).RootElement.GetProperty("board");

        Assert.True(File.Exists(output));
        Assert.True(board.GetProperty("fits").GetBoolean());
        Assert.Equal(new FileInfo(output).Length, board.GetProperty("checks")[0].GetProperty("needed").GetDouble());
        Assert.True(board.GetProperty("seconds").GetDouble() > 0);
        string text = Convert(output, "esp32-devkitc").Succeeded().Output;
        Assert.Contains("esp32-devkitc: fits", text, StringComparison.Ordinal);
        JsonElement operators = board.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("what").GetString() == "operators");
        Assert.Equal(JsonDocument.Parse(ToolProcess.Run("inspect", output, "--json").Succeeded().Output).RootElement.GetProperty("operators").GetArrayLength(), operators.GetProperty("needed").GetInt32());
        Assert.Matches($"(?m)^ *operators +{operators.GetProperty("needed").GetInt32()}, all in the board's runtime", text);

        JsonElement made = JsonDocument.Parse(ToolProcess.Run("inspect", output, "--json").Succeeded().Output).RootElement.GetProperty("modelCard").GetProperty("board");
        Assert.Equal(("esp32-devkitc", "nanoFramework"), (made.GetProperty("name").GetString(), made.GetProperty("runtime").GetString()));
        Assert.Equal(board.GetProperty("checks")[1].GetProperty("needed").GetDouble(), made.GetProperty("memory").GetDouble());
    }

    [Fact]
    public void A_model_that_does_not_fit_is_not_written()
    {
        string small = _folder.File("small.json");
        File.WriteAllText(small, Small());
        string output = _folder.File("out.eqm");
        File.WriteAllText(output, "what was there");

        ToolRun run = Convert(output, small);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not fit small", run.Error, StringComparison.Ordinal);
        Assert.Contains("What would help", run.Error, StringComparison.Ordinal);
        Assert.Equal("what was there", File.ReadAllText(output));
    }

    [Theory]
    [InlineData("no-board", 3, "There is no board 'no-board'")]
    [InlineData("absent.json", 3, "does not exist")]
    public void An_unknown_board_is_said_to_be_unknown(string name, int code, string message)
    {
        ToolRun run = Convert(_folder.File("out.eqm"), name);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Names());
    }

    private ToolRun Convert(string output, string board, params string[] more)
    {
        return ToolProcess.Run(["convert", model.Path, "-o", output, "--data", model.Samples, "--board", board, .. more]);
    }

    internal static string Small()
    {
        return """
            {
              "name": "small", "title": "A small board", "runtime": "nanoFramework", "deployment": "serial", "source": "made",
              "processor": { "chip": "chip", "architecture": "any", "cores": 1, "clockMegahertz": 10 },
              "memory": { "flash": 100, "ram": 100, "largestBlock": 100 }
            }
            """;
    }
}
