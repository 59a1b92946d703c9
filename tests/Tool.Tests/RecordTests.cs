using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Raw records through the sine's model.</summary>
public sealed class RecordTests(SineModel model) : IClassFixture<SineModel>, IDisposable
{
    private static readonly float[] Angles = [0f, 0.5f, 1f, 1.5f, 3f, 4.5f, 6f];

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void Run_writes_a_result_for_each_record()
    {
        float[] results = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(RunAngles())).ToArray();
        Assert.Equal(Angles.Length, results.Length);
        Assert.All(Angles.Zip(results), pair => Assert.InRange(pair.Second - Math.Sin(pair.First), -0.05, 0.05));
    }

    [Fact]
    public void Run_with_json_counts_records_and_bytes()
    {
        string inputs = _folder.Write("x", SineModel.Records(Angles));
        JsonElement document = ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.File("y"), "--json").Succeeded().Json();
        Assert.Equal(Angles.Length, document.GetProperty("records").GetInt32());
        Assert.Equal(new FileInfo(_folder.File("y")).Length, document.GetProperty("writtenBytes").GetInt64());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("3")]
    public void Outputs_that_are_as_expected_verify(string resetEvery)
    {
        string outputs = RunAngles();
        ToolRun run = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs, "--reset-every", resetEvery).Succeeded();
        Assert.Equal("7 records match: 28 bytes, every one as expected", run.Output.Trim());
    }

    [Fact]
    public void Compact_gives_the_same_bytes()
    {
        string outputs = RunAngles();
        ToolRun run = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs, "--compact").Succeeded();
        Assert.Equal("7 records match: 28 bytes, every one as expected; weights were kept only as they are in the file", run.Output.Trim());
        string text = ToolProcess.Run("run", model.Path, "--inputs", _folder.File("x"), "--outputs", _folder.File("compact"), "--compact").Succeeded().Output;
        Assert.EndsWith("; weights were kept only as they are in the file", text.Trim(), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(outputs), File.ReadAllBytes(_folder.File("compact")));
    }

    [Fact]
    public void Verify_says_where_and_by_how_much_outputs_differ()
    {
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(RunAngles())).ToArray();
        float found = expected[4];
        expected[4] += 1;
        expected[6] -= 3;
        string outputs = _folder.Write("wrong", SineModel.Records(expected));
        ToolRun text = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs);
        Assert.Equal(1, text.ExitCode);
        Assert.StartsWith("2 of 7 records differ", text.Output, StringComparison.Ordinal);
        Assert.Contains("first: record 4, output 0 'sine' float32[1,1], element 0 [0,0]", text.Output, StringComparison.Ordinal);
        ToolRun json = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs, "--json");
        Assert.Equal(1, json.ExitCode);
        JsonElement report = json.Json();
        Assert.False(report.GetProperty("matches").GetBoolean());
        Assert.Equal(2, report.GetProperty("differentRecords").GetInt32());
        Assert.Equal(2, report.GetProperty("differentElements").GetInt32());
        Assert.Equal(3, report.GetProperty("largestDifference").GetDouble(), 1e-6);
        Assert.Equal(4, report.GetProperty("first").GetProperty("record").GetInt32());
        Assert.Equal(found, report.GetProperty("first").GetProperty("found").GetSingle());
        Assert.Equal(expected[4], report.GetProperty("first").GetProperty("expected").GetSingle());
    }

    [Fact]
    public void A_single_bit_is_a_difference()
    {
        byte[] expected = File.ReadAllBytes(RunAngles());
        expected[9] ^= 1;
        string outputs = _folder.Write("wrong", expected);
        ToolRun run = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs, "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, run.Json().GetProperty("differentBytes").GetInt32());
    }

    [Fact]
    public void What_is_no_number_is_a_difference_too()
    {
        RunAngles();
        string outputs = _folder.Write("wrong", SineModel.Records([float.NaN, .. new float[Angles.Length - 1]]));
        ToolRun run = ToolProcess.Run("verify", model.Path, "--inputs", _folder.File("x"), "--outputs", outputs, "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("NaN", run.Json().GetProperty("first").GetProperty("expected").GetString());
        Assert.Equal("Infinity", run.Json().GetProperty("largestDifference").GetString());
    }

    [Theory]
    [InlineData(0, 28, "The inputs have 0 bytes")]
    [InlineData(27, 28, "The inputs have 27 bytes")]
    [InlineData(28, 27, "The expected outputs have 27 bytes")]
    [InlineData(28, 24, "7 records of inputs (4 bytes each) and 6 of expected outputs")]
    public void Parts_of_records_are_exit_code_3(int inputBytes, int outputBytes, string message)
    {
        string inputs = _folder.Write("x", new byte[inputBytes]);
        string outputs = _folder.Write("y", new byte[outputBytes]);
        ToolProcess.Run("verify", model.Path, "--inputs", inputs, "--outputs", outputs).Failed(3, message);
    }

    private string RunAngles()
    {
        string inputs = _folder.Write("x", SineModel.Records(Angles));
        ToolProcess.Run("run", model.Path, "--inputs", inputs, "--outputs", _folder.File("y")).Succeeded();
        return _folder.File("y");
    }
}
