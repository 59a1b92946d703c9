using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>What is said about the sine's model.</summary>
public sealed class InspectTests(SineModel model) : IClassFixture<SineModel>
{
    [Fact]
    public void Sections_fill_the_file()
    {
        JsonElement report = Inspect();
        long end = 0;
        foreach (JsonElement section in report.GetProperty("sections").EnumerateArray())
        {
            Assert.InRange(section.GetProperty("offset").GetInt64() - end, 0, 15);
            end = section.GetProperty("offset").GetInt64() + section.GetProperty("bytes").GetInt64();
        }

        Assert.Equal(new FileInfo(model.Path).Length, end);
        Assert.Equal(end, report.GetProperty("fileBytes").GetInt64());
    }

    [Fact]
    public void What_each_kernel_set_holds_is_said()
    {
        JsonElement report = Inspect();
        JsonElement[] memory = [.. report.GetProperty("memory").EnumerateArray()];
        Assert.Equal(memory[0].GetProperty("loadBytes").GetInt64(), report.GetProperty("loadBytes").GetInt64());
        Assert.Equal("compact", memory[^1].GetProperty("kernels").GetString());
        Assert.Equal(0, memory[^1].GetProperty("heldBytes").GetInt64());
        Assert.All(memory, set => Assert.InRange(set.GetProperty("loadBytes").GetInt64(), set.GetProperty("heldBytes").GetInt64() + report.GetProperty("arenaBytes").GetInt64(), long.MaxValue));
        Assert.Matches(@"(?m)^kernels hold +.*compact 0 bytes: ", ToolProcess.Run("inspect", model.Path).Succeeded().Output);
    }

    [Fact]
    public void Operators_have_shapes_quantization_constants_and_work()
    {
        JsonElement[] operators = [.. Inspect().GetProperty("operators").EnumerateArray()];
        Assert.Equal(3, operators.Length);
        Assert.All(operators, op => Assert.Equal("FullyConnected", op.GetProperty("kind").GetString()));
        Assert.Equal([16, 256, 16], operators.Select(op => op.GetProperty("macs").GetInt64()));
        JsonElement weights = operators[1].GetProperty("inputs")[1];
        Assert.Equal([16, 16], weights.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal("constant", weights.GetProperty("storage").GetString());
        Assert.True(operators[1].GetProperty("constantBytes").GetInt32() > 256);
        Assert.True(operators[1].GetProperty("outputs")[0].GetProperty("scale").GetDouble() > 0);
        Assert.Contains(operators[1].GetProperty("attributes").EnumerateArray(), attribute =>
            attribute.GetProperty("name").GetString() == "output offset" && attribute.GetProperty("value").GetInt32() == -128);
    }

    [Fact]
    public void Buffers_fill_the_arena_and_live_as_long_as_they_are_used()
    {
        JsonElement report = Inspect();
        JsonElement[] buffers = [.. report.GetProperty("buffers").EnumerateArray()];
        Assert.Equal(report.GetProperty("arenaBytes").GetInt32(), buffers.Max(buffer => buffer.GetProperty("offset").GetInt32() + buffer.GetProperty("bytes").GetInt32()));
        Assert.Equal(-1, buffers.Min(buffer => buffer.GetProperty("first").GetInt32()));
        Assert.Equal(3, buffers.Max(buffer => buffer.GetProperty("last").GetInt32()));
    }

    [Fact]
    public void Text_shows_operators_sections_arena_and_card()
    {
        string output = ToolProcess.Run("inspect", model.Path).Succeeded().Output;
        Assert.Matches(@"(?m)^1  FullyConnected  1x16 → 1x16  int8 ", output);
        Assert.Matches(@"(?m)^constants +\d+ +\d+\.\d %$", output);
        Assert.Matches(@"(?m)^ +0 [a-z.]+$", output);
        Assert.Matches(@"(?m)^ +in +0 +1 +2 +out$", output);
        Assert.Matches("(?m)^ +sha256: [0-9a-f]{64}$", output);
        Assert.DoesNotMatch("(?m) $", output);
    }

    [Fact]
    public void Allocations_at_load_hold_arena_and_state()
    {
        JsonElement report = Inspect();
        Assert.True(report.GetProperty("loadBytes").GetInt64() > report.GetProperty("arenaBytes").GetInt64() + report.GetProperty("stateBytes").GetInt64());
    }

    private JsonElement Inspect()
    {
        return ToolProcess.Run("inspect", model.Path, "--json").Succeeded().Json();
    }
}
