using System.Diagnostics;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Colours, widths, and keys.</summary>
public sealed class TerminalTests(SineModel model) : IClassFixture<SineModel>
{
    private const char Escape = '\u001b';

    /// <summary>The control sequence that sets colours; .NET itself sends others when it opens a terminal.</summary>
    private const string Colour = @"\u001b\[[0-9;]*m";
    private const string Script = "/usr/bin/script";

    [Fact]
    public void Redirected_output_has_no_control_sequences()
    {
        using TemporaryFolder folder = new();
        string[][] commands = [["--help"], ["demo", "-o", folder.Path], ["inspect", model.Path], ["bench", model.Path, "--iterations", "20"], ["inspect", "absent"], ["nonsense"]];
        Assert.All(commands, command =>
        {
            ToolRun run = ToolProcess.Run(command);
            Assert.DoesNotContain(Escape, run.Output);
            Assert.DoesNotContain(Escape, run.Error);
        });
    }

    [Fact]
    public void A_terminal_gets_colours_unless_they_are_not_wanted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Script), $"needs {Script} to make a terminal");
        Assert.Matches(Colour, InTerminal(("TERM", "xterm-256color")));
        Assert.DoesNotMatch(Colour, InTerminal(("TERM", "xterm-256color"), ("NO_COLOR", "1")));
        Assert.DoesNotMatch(Colour, InTerminal(("TERM", "dumb")));
    }

    [Fact]
    public void Ctrl_C_ends_a_long_run_without_a_trace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs signals");
        using Process bench = ToolProcess.Start("bench", model.Path, "--iterations", "100000000");
        Assert.False(bench.WaitForExit(TimeSpan.FromSeconds(1.5)));
        using (Process kill = Process.Start("kill", ["-INT", $"{bench.Id}"]))
        {
            kill.WaitForExit();
        }

        ToolProcess.Finish(bench).Failed(130, "Interrupted");
    }

    private string InTerminal(params (string Name, string Value)[] environment)
    {
        return ToolProcess.Run(Script, ["-qec", $"'{ToolProcess.Executable}' inspect '{model.Path}'", "/dev/null"], environment).Output;
    }
}
