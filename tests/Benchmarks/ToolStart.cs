using System.Diagnostics;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool;

namespace EdgeQuant.Benchmarks;

/// <summary>Measures how long the tool takes from its start to its end when it has next to nothing to do.</summary>
internal static class ToolStart
{
    private const int Times = 15;

    /// <summary>The tool as it was built beside this program.</summary>
    private static readonly string Executable = Path.Combine(
        Repository.Root,
        "artifacts",
        "bin",
        "EdgeQuant.Tool",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
        OperatingSystem.IsWindows() ? "edgequant.exe" : "edgequant");

    /// <summary>Measures some commands.</summary>
    /// <param name="model">A model file to inspect.</param>
    public static IReadOnlyList<ToolStartFigures> Measure(string model)
    {
        return [MeasureCommand("--version"), MeasureCommand("inspect", model)];
    }

    private static ToolStartFigures MeasureCommand(params string[] arguments)
    {
        return new ToolStartFigures(arguments[0], Timing.Of([.. Enumerable.Range(0, Times).Select(_ => MeasureOnce(arguments))]));
    }

    private static double MeasureOnce(string[] arguments)
    {
        ProcessStartInfo start = new(Executable, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (Stopwatch.GetTimestamp() - begin) * 1e9 / Stopwatch.Frequency
            : throw new ToolException(ExitCode.Defect, $"'edgequant {arguments[0]}' ended with {process.ExitCode}.");
    }
}
