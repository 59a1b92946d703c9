using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Where versions of a network part.</summary>
public sealed class CompareTests(FloatModel model) : IClassFixture<FloatModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_network_is_compared_with_what_it_becomes()
    {
        ToolRun run = Compare("--calibrate", model.Samples).SucceededWithWarnings();
        Assert.Matches(@"second\s+layers.tflite, quantized, simulated", run.Output);
        Assert.All(["layer 0", "layer 1", "layer 2"], name => Assert.Matches($@"FullyConnected\s+{name}\s+1x\d+\s+\d\d\.\d", run.Output));
        Assert.Contains("none: no layer is below 15.0 dB", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_bad_layer_is_pointed_out()
    {
        ToolRun run = Compare("--calibrate", model.Samples, "--bad-below", "200").SucceededWithWarnings();
        Assert.Matches(@"first bad\s+FullyConnected 'layer 0'", run.Output);
        Assert.Contains("<- first bad", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_shows_its_layers_if_it_kept_their_names()
    {
        string with = _folder.File("with.eqm");
        string without = _folder.File("without.eqm");
        ToolProcess.Run("convert", model.Path, "-o", with, "--data", model.Samples, "--keep-names").SucceededWithWarnings();
        ToolProcess.Run("convert", model.Path, "-o", without, "--data", model.Samples).SucceededWithWarnings();
        JsonElement seen = ToolProcess.Run("compare", model.Path, with, "--data", model.Samples, "--json").SucceededWithWarnings().Json();
        Assert.Equal(["layer 0", "layer 1", "layer 2"], seen.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("values").GetProperty("name").GetString()));
        Assert.Equal("packed", seen.GetProperty("secondForm").GetString());
        JsonElement blind = ToolProcess.Run("compare", model.Path, without, "--data", model.Samples, "--json").SucceededWithWarnings().Json();
        Assert.Equal(0, blind.GetProperty("layers").GetArrayLength());
        Assert.Contains("--keep-names", blind.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(seen.GetProperty("outputs").GetProperty("decibels").GetDouble(), blind.GetProperty("outputs").GetProperty("decibels").GetDouble(), 1e-9);
        JsonElement same = ToolProcess.Run("compare", with, with, "--data", model.Samples, "--json").SucceededWithWarnings().Json();
        Assert.Equal("Infinity", same.GetProperty("outputs").GetProperty("decibels").GetString());
    }

    [Fact]
    public void Sensitivity_ranks_operators_and_suggests_a_recipe()
    {
        string suggestion = _folder.File("suggestion.json");
        string[] options = ["--calibrate", model.Samples, "--labels", model.Labels, "--sensitivity", "--weights", "int4", "--suggest", suggestion];
        ToolRun run = Compare(options).SucceededWithWarnings();
        Assert.Contains("int4 per channel, int8 activations", run.Output, StringComparison.Ordinal);
        Assert.Contains("What would help", run.Output, StringComparison.Ordinal);
        JsonElement report = Compare([.. options, "--json"]).SucceededWithWarnings().Json();
        double[] shares = [.. report.GetProperty("operators").EnumerateArray().Select(cost => cost.GetProperty("share").GetDouble())];
        Assert.Equal(3, shares.Length);
        Assert.Equal(shares.OrderDescending(), shares);
        double before = report.GetProperty("quantized").GetProperty("decibels").GetDouble();
        double after = report.GetProperty("changes").EnumerateArray().Last().GetProperty("after").GetProperty("decibels").GetDouble();
        Assert.True(after > before + 3);
        ToolProcess.Run("convert", model.Path, "-o", _folder.File("out.eqm"), "--data", model.Samples, "--recipe", suggestion).SucceededWithWarnings();
    }

    [Fact]
    public void What_does_not_belong_together_is_exit_code_2()
    {
        Compare().Failed(2, "--calibrate");
        ToolProcess.Run("compare", model.Path, model.Path, "--data", model.Samples, "--calibrate", model.Samples).Failed(2, "not both");
        ToolProcess.Run("compare", model.Path, model.Path, "--data", model.Samples, "--sensitivity").Failed(2, "--sensitivity");
        Compare("--calibrate", model.Samples, "--suggest", "x").Failed(2, "--suggest");
        ToolProcess.Run("compare", model.Path, model.Path).Failed(2, "--data");
    }

    private ToolRun Compare(params string[] options)
    {
        return ToolProcess.Run(["compare", model.Path, "--data", model.Samples, .. options]);
    }
}
