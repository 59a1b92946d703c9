using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Help, version, and command lines that are wrong.</summary>
public sealed class UsageTests
{
    private static readonly string[] Verbs = ["demo", "convert", "inspect", "run", "verify", "bench", "export", "evaluate", "compare"];

    [Fact]
    public void Help_lists_every_verb_and_every_exit_code()
    {
        ToolRun run = ToolProcess.Run("--help").Succeeded();
        Assert.All(Verbs, verb => Assert.Matches($@"(?m)^  {verb} .*\S", run.Output));
        Assert.All(Enumerable.Range(0, 5), code => Assert.Matches($@"(?m)^  {code}  \S", run.Output));
    }

    [Fact]
    public void Each_verb_explains_its_options()
    {
        Assert.All(Verbs, verb =>
        {
            ToolRun run = ToolProcess.Run(verb, "--help").Succeeded();
            Assert.Contains($"edgequant {verb}", run.Output, StringComparison.Ordinal);
            Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Version_is_a_plain_number()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", ToolProcess.Run("--version").Succeeded().Output.Trim());
    }

    [Theory]
    [InlineData("No verb was given", new string[0])]
    [InlineData("'conv' is no verb", new[] { "conv" })]
    [InlineData("--frobnicate", new[] { "demo", "--frobnicate" })]
    [InlineData("'inspect'", new[] { "inspect" })]
    [InlineData("'second'", new[] { "inspect", "first", "second" })]
    [InlineData("--output", new[] { "convert", "model.tflite" })]
    [InlineData("'-o'", new[] { "convert", "model.tflite", "-o" })]
    [InlineData("--inputs", new[] { "verify", "model.eqm", "--outputs", "y" })]
    [InlineData("--iterations is '0'", new[] { "bench", "model.eqm", "--iterations", "0" })]
    [InlineData("--iterations is 'many'", new[] { "bench", "model.eqm", "--iterations", "many" })]
    [InlineData("--reset-every is '-1'", new[] { "verify", "model.eqm", "--inputs", "x", "--outputs", "y", "--reset-every", "-1" })]
    [InlineData("--output", new[] { "export", "model.tflite" })]
    [InlineData("'tflite'", new[] { "export", "model.tflite", "--format", "tflite", "-o", "out" })]
    [InlineData("would replace its source", new[] { "convert", "a/../model.tflite", "-o", "model.tflite" })]
    public void Wrong_usage_is_exit_code_2(string message, string[] arguments)
    {
        ToolProcess.Run(arguments).Failed(2, message);
    }

    [Fact]
    public void Wrong_usage_with_json_is_a_json_document()
    {
        ToolRun run = ToolProcess.Run("convert", "model.tflite", "--json");
        Assert.Equal(2, run.ExitCode);
        JsonElement error = run.Json().GetProperty("error");
        Assert.Equal(2, error.GetProperty("exitCode").GetInt32());
        Assert.Contains("--output", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_with_an_at_sign_are_file_names()
    {
        ToolProcess.Run("inspect", "@absent").Failed(3, "'@absent'");
    }
}
