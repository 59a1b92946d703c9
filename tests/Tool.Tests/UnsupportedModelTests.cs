using System.Text.Json;
using EdgeQuant.Converter.Tests.Import.TensorFlowLite;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>A network that is well formed and cannot be supported for several reasons.</summary>
public sealed class UnsupportedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _network;

    public UnsupportedModelTests()
    {
        _network = _folder.Write("network.tflite", SmallModel.Build().ToFile());
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void All_reasons_are_listed_with_what_would_help()
    {
        ToolRun run = ToolProcess.Run("convert", _network, "-o", _folder.File("out.eqm")).Failed(4, "cannot be supported");
        string[] lines = run.Error.Split('\n');
        int places = lines.Count(line => char.IsAsciiDigit(line.FirstOrDefault()));
        int reasons = lines.Count(line => line.StartsWith("   What would help: ", StringComparison.Ordinal));
        Assert.True(places > 1);
        Assert.True(reasons >= places);
        Assert.StartsWith($"edgequant: The model cannot be supported, for {reasons} reasons.", run.Error, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("Fold", StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_with_json_name_place_tensors_reason_and_help()
    {
        ToolRun run = ToolProcess.Run("convert", _network, "-o", _folder.File("out.eqm"), "--json");
        Assert.Equal(4, run.ExitCode);
        Assert.Equal("", run.Error);
        JsonElement[] reasons = [.. run.Json().GetProperty("error").GetProperty("reasons").EnumerateArray()];
        Assert.True(reasons.Length > 1);
        Assert.All(reasons, reason => Assert.All(["place", "reason", "help"], name => Assert.False(string.IsNullOrEmpty(reason.GetProperty(name).GetString()))));
        Assert.Contains(reasons, reason => reason.GetProperty("tensors").GetArrayLength() > 0);
    }

    [Fact]
    public void Control_characters_in_names_do_not_reach_the_terminal()
    {
        TableBuilder hostile = ModelParts.Model(
            [ModelParts.Code(SmallModel.Custom).With(1, "\u001b[2J")],
            [ModelParts.Subgraph([ModelParts.Tensor("\u001b[31mred\u0007", SmallModel.Int8, [1])], [0], [0], ModelParts.Node(0, [0], [0]))],
            [ModelParts.Buffer()]);
        string network = _folder.Write("hostile.tflite", hostile.ToFile());
        ToolRun run = ToolProcess.Run("convert", network, "-o", _folder.File("out.eqm"));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("[31mred", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Error, character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public void An_existing_output_survives()
    {
        string output = _folder.Write("out.eqm", "precious"u8.ToArray());
        Assert.Equal(4, ToolProcess.Run("convert", _network, "-o", output).ExitCode);
        Assert.Equal("precious"u8.ToArray(), File.ReadAllBytes(output));
        Assert.Equal(["network.tflite", "out.eqm"], _folder.Names());
    }
}
