using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>What the tool's process said and how it ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>The tool did what was asked and had nothing to say about it on standard error.</summary>
    public ToolRun Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>The tool did what was asked; on standard error are warnings, or nothing.</summary>
    public ToolRun SucceededWithWarnings()
    {
        Assert.All(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>The tool failed with one clear message on standard error.</summary>
    public ToolRun Failed(int exitCode, string message)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Equal("", Output);
        Assert.StartsWith("edgequant: ", Error, StringComparison.Ordinal);
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        return this;
    }
}
