using System.Text.Json;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The way of a real network: converted, inspected, verified.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_real_network_is_converted_and_verifies()
    {
        Golden golden = Network();
        string output = _folder.File("out.eqm");
        ToolProcess.Run("convert", Path.Combine(golden.Folder, "model.tflite"), "-o", output).Succeeded();
        ToolRun run = ToolProcess.Run(
            "verify",
            output,
            "--inputs",
            Path.Combine(golden.Folder, "inputs.bin"),
            "--outputs",
            Path.Combine(golden.Folder, "outputs.bin"),
            "--reset-every",
            $"{golden.ResetEvery}").Succeeded();
        Assert.Contains("records match", run.Output, StringComparison.Ordinal);
        Assert.Equal(["out.eqm"], _folder.Names());
    }

    [Fact]
    public void The_report_agrees_with_the_file()
    {
        Golden golden = Network();
        string output = _folder.File("out.eqm");
        JsonElement report = ToolProcess.Run("convert", Path.Combine(golden.Folder, "model.tflite"), "-o", output, "--json").Succeeded().Json();
        JsonElement model = ToolProcess.Run("inspect", output, "--json").Succeeded().Json();
        Assert.Equal(golden.Model.Length, report.GetProperty("sourceBytes").GetInt32());
        Assert.Equal(new FileInfo(output).Length, report.GetProperty("fileBytes").GetInt64());
        Assert.All(["arenaBytes", "stateBytes", "loadBytes", "selfTestRecords", "macs"], name => Assert.Equal(model.GetProperty(name).GetInt64(), report.GetProperty(name).GetInt64()));
        Assert.InRange(report.GetProperty("arenaLowerBound").GetInt32(), 1, report.GetProperty("arenaBytes").GetInt32());
        Assert.Equal(model.GetProperty("operators").GetArrayLength(), report.GetProperty("operators").GetInt32());
        Assert.Equal("import", report.GetProperty("passes")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void The_graph_is_written_after_each_pass()
    {
        Golden golden = Network();
        string folder = _folder.File("passes");
        JsonElement report = ToolProcess.Run(
            "convert", Path.Combine(golden.Folder, "model.tflite"), "-o", _folder.File("out.eqm"), "--dump-passes", folder, "--json").Succeeded().Json();
        string[] expected = [.. report.GetProperty("passes").EnumerateArray().Select((pass, i) => $"{i:00}-{pass.GetProperty("name").GetString()}.txt")];
        Assert.Equal(expected, Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(expected, name => Assert.Contains("\nnodes:\n", File.ReadAllText(Path.Combine(folder, name)), StringComparison.Ordinal));
        Assert.Contains("CONV_2D version", File.ReadAllText(Path.Combine(folder, expected[0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Self_test_inputs_end_up_in_the_file()
    {
        Golden golden = Network();
        byte[] records = golden.Inputs[..(3 * InputBytes(golden))];
        string output = _folder.File("out.eqm");
        string inputs = _folder.Write("inputs", records);
        ToolProcess.Run("convert", Path.Combine(golden.Folder, "model.tflite"), "-o", output, "--self-test", inputs).Succeeded();
        Assert.Equal(3, ToolProcess.Run("inspect", output, "--json").Succeeded().Json().GetProperty("selfTestRecords").GetInt32());
        string part = _folder.Write("part", records[1..]);
        ToolProcess.Run("convert", Path.Combine(golden.Folder, "model.tflite"), "-o", output, "--self-test", part).Failed(3, "self-test");
    }

    [Fact]
    public void Front_end_decision_and_labels_go_into_the_file()
    {
        Golden golden = Network();
        string model = Path.Combine(golden.Folder, "model.tflite");
        string output = _folder.File("out.eqm");
        string frontEnd = _folder.Write("F.json", """{ "kind": "raw", "sampleRate": 16000, "channels": [{ "unit": "full scale", "perCount": 0.000030517578125 }] }"""u8.ToArray());
        string decision = _folder.Write("D.json", """{ "threshold": 0.75, "average": 3, "quiet": ["other"] }"""u8.ToArray());
        int scores = Labels(golden);
        string labels = _folder.Write("labels.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, scores - 1).Select(i => $"word {i}").Append("other"))));
        ToolProcess.Run("convert", model, "-o", output, "--front-end", frontEnd, "--decision", decision, "--labels-file", labels).Succeeded();
        JsonElement pipeline = ToolProcess.Run("inspect", output, "--json").Succeeded().Json().GetProperty("pipeline");
        Assert.Equal(16000, pipeline.GetProperty("sampleRate").GetDouble());
        Assert.Equal(0.75, pipeline.GetProperty("labels")[0].GetProperty("threshold").GetDouble());
        Assert.True(pipeline.GetProperty("labels")[scores - 1].GetProperty("quiet").GetBoolean());
        Assert.Contains("word 0 from 0.75", ToolProcess.Run("inspect", output).Succeeded().Output, StringComparison.Ordinal);
        ToolProcess.Run("convert", model, "-o", output, "--decision", decision).Failed(2, "--front-end");
        ToolProcess.Run("convert", model, "-o", output, "--front-end", decision).Failed(3, "found no member \"kind\"; allowed: \"raw\", \"network\"");
        ToolProcess.Run("convert", model, "-o", output, "--front-end", frontEnd, "--labels-file", _folder.Write("few.txt", "one"u8.ToArray())).Failed(3, "each needs one");
    }

    private static int Labels(Golden golden)
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Folder, "meta.json")));
        return meta.RootElement.GetProperty("outputs")[0].GetProperty("shape").EnumerateArray().Last().GetInt32();
    }

    private static Golden Network()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        return Golden.Networks().First(golden => golden.Name == "mlperf_sww_int8");
    }

    private static int InputBytes(Golden golden)
    {
        using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Folder, "meta.json")));
        return meta.RootElement.GetProperty("input_bytes").GetInt32();
    }
}
