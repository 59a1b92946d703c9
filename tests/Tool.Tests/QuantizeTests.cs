using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>A float network on its way to a model file.</summary>
public sealed class QuantizeTests(FloatModel model) : IClassFixture<FloatModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_float_network_is_quantized_with_samples()
    {
        string output = _folder.File("out.eqm");
        ToolRun run = ToolProcess.Run("convert", model.Path, "-o", output, "--data", model.Samples, "--labels", model.Labels, "--samples", "200").SucceededWithWarnings();
        Assert.Matches(@"quantized\s+3 operators int8 per channel, int8 activations", run.Output);
        Assert.Matches(@"calibrated\s+with 200 samples", run.Output);
        Assert.Matches(@"accuracy\s+top-1 .* %, float 100.00 %", run.Output);
        Assert.Matches(@"outputs\s+SQNR .* dB against float, same top-1 on .*, on 200 other samples", run.Output);
        Assert.Equal(["out.eqm"], _folder.Names());
    }

    [Fact]
    public void The_report_says_what_was_kept()
    {
        JsonElement report = Convert("--data", model.Samples, "--labels", model.Labels, "--json").SucceededWithWarnings().Json();
        JsonElement summary = report.GetProperty("quantization");
        Assert.Equal(FloatModel.Records, summary.GetProperty("samples").GetInt32());
        Assert.Equal(FloatModel.Records, summary.GetProperty("measuredSamples").GetInt32());
        Assert.True(summary.GetProperty("measuredOnCalibration").GetBoolean());
        Assert.Equal("accuracy", summary.GetProperty("metric").GetString());
        Assert.Equal(100, summary.GetProperty("floatPoints").GetDouble());
        Assert.InRange(summary.GetProperty("packedPoints").GetDouble(), 95, 100);
        Assert.InRange(summary.GetProperty("agreement").GetProperty("decibels").GetDouble(), 25, 60);
        Assert.Equal(3, summary.GetProperty("schemes")[0].GetProperty("operators").GetInt32());
        Assert.Contains("calibrate", summary.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()));
    }

    [Fact]
    public void Without_samples_the_message_says_how_to_give_them()
    {
        Convert().Failed(2, "This is a float network").Failed(2, "--data").Failed(2, "no range for 4 tensors: 'layer 0'");
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void Passes_are_dumped_on_both_sides_of_quantization()
    {
        string folder = _folder.File("passes");
        Convert("--data", model.Samples, "--dump-passes", folder).SucceededWithWarnings();
        string[] names = [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)[3..]).Order(StringComparer.Ordinal)];
        Assert.All(["import", "fold-constants", "quantize", "edges-to-host", "outputs-in-arena"], pass => Assert.Contains(pass, names));
        string quantized = Directory.GetFiles(folder, "*-quantize.txt").Single();
        Assert.Contains("int8[", File.ReadAllText(quantized), StringComparison.Ordinal);
        Assert.DoesNotContain("int8[", File.ReadAllText(Directory.GetFiles(folder, "00-import.txt").Single()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int4 per channel, int8 activations", "--weights", "int4")]
    [InlineData("int8 per tensor, int8 symmetric activations", "--per-tensor", "--symmetric")]
    [InlineData("int8 per channel, int16 activations", "--activations", "int16")]
    [InlineData("int8 per channel, int8 activations", "--calibration", "percentile:99.9")]
    public void Words_choose_the_scheme(string scheme, params string[] options)
    {
        JsonElement report = Convert(["--data", model.Samples, "--json", .. options]).SucceededWithWarnings().Json();
        Assert.Equal(scheme, report.GetProperty("quantization").GetProperty("schemes")[0].GetProperty("scheme").GetString());
    }

    [Fact]
    public void What_loses_too_much_is_not_written()
    {
        string output = _folder.Write("out.eqm", "precious"u8.ToArray());
        string[] options = ["--data", model.Samples, "--labels", model.Labels, "--weights", "int4", "--per-tensor", "--max-drop", "0"];
        ToolRun run = Convert(options).Failed(1, "points of top-1").Failed(1, "at most 0.00 are allowed").Failed(1, "FullyConnected 'layer ");
        Assert.Contains("What would help: A rule for it in the recipe: weights", run.Error, StringComparison.Ordinal);
        Assert.Equal("precious"u8.ToArray(), File.ReadAllBytes(output));
        Assert.Equal(["out.eqm"], _folder.Names());
        JsonElement error = Convert([.. options, "--json"]).Json().GetProperty("error");
        Assert.Equal(1, error.GetProperty("exitCode").GetInt32());
        Assert.NotEqual(0, error.GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public void What_loses_little_enough_is_written()
    {
        Convert("--data", model.Samples, "--labels", model.Labels, "--max-drop", "5").SucceededWithWarnings();
        Assert.Equal(["out.eqm"], _folder.Names());
    }

    [Fact]
    public void A_report_is_written_as_a_page_and_as_json()
    {
        ToolRun run = Convert("--data", model.Samples, "--labels", model.Labels, "--report", _folder.File("report.html"), "--weights", "int4").SucceededWithWarnings();
        Assert.Contains("report.json", run.Output, StringComparison.Ordinal);
        Assert.Equal(["out.eqm", "report.html", "report.json"], _folder.Names());
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(_folder.File("report.json")));
        JsonElement report = document.RootElement;
        Assert.Equal("top-1", report.GetProperty("accuracy")[0].GetProperty("measure").GetString());
        Assert.Equal(3, report.GetProperty("sensitivity").GetProperty("ranking").GetArrayLength());
        Assert.Equal(FloatModel.Classes, report.GetProperty("calibration").GetProperty("classes").GetArrayLength());
        JsonElement tensor = report.GetProperty("tensors").EnumerateArray().Single(tensor => tensor.GetProperty("name").GetString() == "layer 1");
        Assert.InRange(tensor.GetProperty("error").GetProperty("sqnr").GetDouble(), 5, 60);
        Assert.Equal("minimum and maximum", tensor.GetProperty("rangeMethod").GetString());
        Assert.NotEqual(JsonValueKind.Null, tensor.GetProperty("histogram").ValueKind);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(_folder.File("report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.eqm")]
    [InlineData("report.json")]
    public void A_report_replaces_nothing_else(string name)
    {
        Convert("--data", model.Samples, "--report", _folder.File(name)).Failed(2, "would replace each other");
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData("--weights is 'int3'; allowed are int8, int4", "--weights", "int3")]
    [InlineData("--activations is 'float'", "--activations", "float")]
    [InlineData("--calibration is 'percentile:20'", "--calibration", "percentile:20")]
    [InlineData("--repair is 'magic'", "--repair", "magic")]
    [InlineData("--max-drop is '-1'; allowed are numbers from 0 to 100", "--max-drop", "-1")]
    [InlineData("--samples is '0'", "--samples", "0")]
    [InlineData("--data-scale is 'x'", "--data-scale", "x")]
    [InlineData("--data-scale is '1/0'", "--data-scale", "1/0")]
    [InlineData("--data-type is 'int3'", "--data-type", "int3")]
    public void Wrong_words_are_exit_code_2(string message, params string[] options)
    {
        Convert(["--data", model.Samples, .. options]).Failed(2, message);
    }

    [Theory]
    [InlineData("--labels means something with --data FILE only", "--labels", "x")]
    [InlineData("--max-drop means something with --data FILE only", "--max-drop", "1")]
    public void What_needs_samples_says_so(string message, params string[] options)
    {
        Convert(options).Failed(2, message);
    }

    [Fact]
    public void A_limit_to_what_is_lost_needs_labels()
    {
        Convert("--data", model.Samples, "--max-drop", "1").Failed(2, "--labels or --targets");
        Assert.Empty(_folder.Names());
    }

    private ToolRun Convert(params string[] options)
    {
        return ToolProcess.Run(["convert", model.Path, "-o", _folder.File("out.eqm"), .. options]);
    }
}
