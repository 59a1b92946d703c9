using System.Text;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Samples, labels and recipes that cannot be used: one clear message, nothing written.</summary>
public sealed class BadDataTests : IClassFixture<FloatModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FloatModel _model;
    private readonly string _output;

    public BadDataTests(FloatModel model)
    {
        _model = model;
        _output = _folder.Write("out.eqm", "precious"u8.ToArray());
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void Samples_of_another_shape()
    {
        string data = _folder.Write("data.npy", NumPyFile.Of(new float[15], 3, 5));
        Refused(3, data, "--data", data);
    }

    [Fact]
    public void Samples_cut_short()
    {
        string data = _folder.Write("data.npy", NumPyFile.Of(new float[18], 3, 6)[..^4]);
        Refused(3, data, "--data", data);
    }

    [Fact]
    public void No_samples()
    {
        string data = _folder.Write("data.npy", NumPyFile.Of(Array.Empty<float>(), 0, 6));
        Refused(3, data, "--data", data);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Samples_that_are_no_numbers(float value)
    {
        string data = _folder.Write("data.npy", NumPyFile.Of([1, 2, 3, 4, value, 6], 1, 6));
        Refused(3, data, "--data", data);
    }

    [Fact]
    public void Samples_of_no_form_that_is_known()
    {
        string data = _folder.Write("data.xyz", [1, 2, 3]);
        Refused(3, data, "--data", data);
        Refused(3, "absent.npy", "--data", _folder.File("absent.npy"));
        Refused(3, _folder.Path, "--data", _folder.Path);
    }

    [Fact]
    public void Labels_of_another_number()
    {
        string labels = _folder.Write("labels.npy", NumPyFile.Of(new int[FloatModel.Records - 1], FloatModel.Records - 1));
        Refused(3, "399", "--data", _model.Samples, "--labels", labels);
    }

    [Theory]
    [InlineData(FloatModel.Classes)]
    [InlineData(-1)]
    public void Labels_of_no_class(int label)
    {
        int[] labels = new int[FloatModel.Records];
        labels[7] = label;
        Refused(3, $"{label}", "--data", _model.Samples, "--labels", _folder.Write("labels.npy", NumPyFile.Of(labels, FloatModel.Records)));
    }

    [Fact]
    public void Targets_of_another_shape()
    {
        string targets = _folder.Write("targets.npy", NumPyFile.Of(new float[FloatModel.Records * 3], FloatModel.Records, 3));
        Refused(3, targets, "--data", _model.Samples, "--targets", targets);
    }

    [Fact]
    public void Inputs_that_the_network_does_not_have()
    {
        Refused(3, "y=", "--data", "y=" + _model.Samples);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_numbers(float weight)
    {
        string network = _folder.Write("network.tflite", _model.File(weight));
        ToolRun run = ToolProcess.Run("convert", network, "-o", _output, "--data", _model.Samples).Failed(4, "weights 0");
        Assert.Single(run.Error.Split("What would help: ", StringSplitOptions.None).Skip(1));
        Unchanged();
    }

    [Theory]
    [InlineData("{ \"weighs\": 3 }", "weighs")]
    [InlineData("{ not json", "JSON")]
    [InlineData("[]", "allowed: ")]
    public void Recipes_that_say_nothing_that_is_known(string json, string message)
    {
        string recipe = _folder.Write("recipe.json", Encoding.UTF8.GetBytes(json));
        ToolRun run = Refused(3, recipe, "--data", _model.Samples, "--recipe", recipe);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_files()
    {
        foreach (string name in new[] { "empty.npy", "empty.npz", "empty.csv", "empty-idx3-ubyte", "empty.bin" })
        {
            string data = _folder.Write(name, []);
            Refused(3, $"{data}: the file is empty", "--data", data);
        }
    }

    [Fact]
    public void Classes_that_are_given_twice()
    {
        Refused(3, "given a second time", "--data", "class:0=" + _model.Samples, "--labels", _model.Labels);
    }

    [Fact]
    public void Recipes_that_want_real_numbers_on_the_device()
    {
        string recipe = _folder.Write("recipe.json", """{ "activations": { "type": "float" }, "rules": [{ "from": 0, "weights": { "encoding": "float" } }] }"""u8.ToArray());
        ToolRun run = Refused(3, $"{recipe}: $: found activations of real numbers (float)", "--data", _model.Samples, "--recipe", recipe);
        Assert.Contains("$.rules[0] (line 1): found weights of real numbers (float)", run.Error, StringComparison.Ordinal);
        ToolProcess.Run("evaluate", _model.Path, "--data", _model.Samples, "--labels", _model.Labels, "--calibrate", _model.Samples, "--recipe", recipe).SucceededWithWarnings();
    }

    [Theory]
    [InlineData("absent/report.html", "its folder does not exist")]
    [InlineData("", "it is a folder")]
    public void Reports_that_cannot_be_written(string report, string message)
    {
        Refused(3, message, "--data", _model.Samples, "--report", _folder.File(report));
    }

    [Fact]
    public void A_report_whose_twin_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_folder.File("report.json"));
        Refused(3, "report.json': it is a folder", "--data", _model.Samples, "--report", _folder.File("report.html"));
        Assert.False(File.Exists(_folder.File("report.html")));
    }

    private ToolRun Refused(int exitCode, string message, params string[] options)
    {
        ToolRun run = ToolProcess.Run(["convert", _model.Path, "-o", _output, .. options]).Failed(exitCode, message);
        Unchanged();
        return run;
    }

    private void Unchanged()
    {
        Assert.Equal("precious"u8.ToArray(), File.ReadAllBytes(_output));
        Assert.DoesNotContain(_folder.Names(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }
}
