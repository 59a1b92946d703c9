using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The demonstration, which needs nothing.</summary>
public sealed class DemoTests(SineModel model) : IClassFixture<SineModel>
{
    [Fact]
    public void Demo_plots_the_network_and_reports_its_error()
    {
        string output = model.Demo.Output;
        Assert.Matches(@"(?m)^  1\.0 +o", output);
        Assert.Matches(@"(?m)^ -1\.0 +o", output);
        Assert.Matches(@"(?m)^self-test +\d+ records", output);
        Assert.Matches(@"(?m)^error +int8 mean 0\.0", output);
    }

    [Fact]
    public void Demo_is_the_same_on_every_run()
    {
        using TemporaryFolder folder = new();
        ToolRun again = ToolProcess.Run("demo", "-o", folder.File("again.eqm")).Succeeded();
        Assert.Equal(File.ReadAllBytes(model.Path), File.ReadAllBytes(folder.File("again.eqm")));
        Assert.Equal(model.Demo.Output.Replace(model.Path, "", StringComparison.Ordinal), again.Output.Replace(folder.File("again.eqm"), "", StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_are_those_of_the_points()
    {
        JsonElement report = ToolProcess.Run("demo", "--json").Succeeded().Json();
        double[] errors = [.. report.GetProperty("points").EnumerateArray().Select(point =>
        {
            double sine = Math.Sin(point.GetProperty("angle").GetDouble());
            Assert.Equal(sine, point.GetProperty("sine").GetDouble(), 1e-9);
            return Math.Abs(point.GetProperty("int8").GetDouble() - sine);
        })];
        Assert.Equal(errors.Average(), report.GetProperty("meanErrorInt8").GetDouble(), 1e-9);
        Assert.Equal(errors.Max(), report.GetProperty("largestErrorInt8").GetDouble(), 1e-9);
        Assert.InRange(errors.Max(), 0, report.GetProperty("largestAllowedError").GetDouble());
        Assert.InRange(errors.Average(), 0, 0.02);
    }
}
