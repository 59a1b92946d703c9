using System.Text.Json;
using EdgeQuant.Converter.Tests.Sine;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>How well a network does: float, simulated, packed.</summary>
public sealed class EvaluateTests(FloatModel model) : IClassFixture<FloatModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_float_network_is_right_about_its_own_classes()
    {
        ToolRun run = Evaluate("--labels", model.Labels).SucceededWithWarnings();
        Assert.Matches(@"network\s+layers.tflite, with real numbers", run.Output);
        Assert.Matches(@"top-1\s+100.00 %: 400 of 400", run.Output);
        Assert.Contains("Confusion", run.Output, StringComparison.Ordinal);
        Assert.Contains("precision", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulated")]
    [InlineData("packed", "--packed")]
    public void A_quantized_network_is_right_about_most(string form, params string[] options)
    {
        JsonElement report = Evaluate(["--labels", model.Labels, "--calibrate", model.Samples, "--against", model.Path, "--top-k", "2", "--json", .. options]).SucceededWithWarnings().Json();
        Assert.Equal(form, report.GetProperty("form").GetString());
        JsonElement figures = report.GetProperty("classification");
        Assert.InRange(figures.GetProperty("top1").GetDouble(), 0.95, 1);
        Assert.InRange(figures.GetProperty("topK").GetDouble(), 0.98, 1);
        Assert.Equal(2, figures.GetProperty("k").GetInt32());
        Assert.Equal(FloatModel.Classes, figures.GetProperty("confusion").GetArrayLength());
        JsonElement agreement = report.GetProperty("agreement");
        Assert.Equal(figures.GetProperty("top1").GetDouble(), agreement.GetProperty("sameTop1").GetDouble(), 1e-9);
        Assert.InRange(agreement.GetProperty("decibels").GetDouble(), 20, 60);
    }

    [Fact]
    public void A_model_file_does_what_its_conversion_said()
    {
        string output = _folder.File("out.eqm");
        JsonElement conversion = ToolProcess.Run("convert", model.Path, "-o", output, "--data", model.Samples, "--labels", model.Labels, "--json").SucceededWithWarnings().Json();
        JsonElement report = ToolProcess.Run("evaluate", output, "--data", model.Samples, "--labels", model.Labels, "--json").SucceededWithWarnings().Json();
        Assert.Equal("packed", report.GetProperty("form").GetString());
        Assert.Equal(conversion.GetProperty("quantization").GetProperty("packedPoints").GetDouble(), report.GetProperty("points").GetDouble(), 1e-9);
    }

    [Fact]
    public void Targets_make_a_regression()
    {
        ToolRun run = Evaluate("--targets", model.Targets).SucceededWithWarnings();
        Assert.Matches(@"R squared\s+1.00000", run.Output);
        JsonElement report = Evaluate("--targets", model.Targets, "--json").SucceededWithWarnings().Json();
        Assert.Equal("regression", report.GetProperty("metric").GetString());
        Assert.InRange(report.GetProperty("regression").GetProperty("largestError").GetDouble(), 0, 1e-5);
    }

    [Fact]
    public void There_must_be_something_to_measure_by()
    {
        Evaluate().Failed(2, "--labels, --targets or --against");
        Evaluate("--metric", "auc", "--labels", model.Labels).Failed(2, "allowed are 0 to 1");
        Evaluate("--metric", "regression").Failed(2, "--targets");
        Evaluate("--labels", model.Labels, "--packed").Failed(2, "--calibrate");
        Evaluate("--labels", model.Labels, "--weights", "int4").Failed(2, "--weights");
        Evaluate("--metric", "beauty").Failed(2, "'beauty'");
        Evaluate("--labels", model.Labels, "--top-k", "0").Failed(2, "--top-k is '0'");
    }

    [Fact]
    public void Networks_of_other_shapes_cannot_be_compared()
    {
        string sine = _folder.Write("sine.eqm", SineFile.Make());
        Evaluate("--against", sine).Failed(2, "no versions of one");
    }

    private ToolRun Evaluate(params string[] options)
    {
        return ToolProcess.Run(["evaluate", model.Path, "--data", model.Samples, .. options]);
    }
}
