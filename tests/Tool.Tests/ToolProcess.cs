using System.Diagnostics;
using EdgeQuant.Tests.Support;

namespace EdgeQuant.Tool.Tests;

/// <summary>Runs the tool as a user does.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The tool's executable, built in the same configuration as the tests.</summary>
    public static string Executable { get; } = Path.Combine(
        Repository.Root,
        "artifacts",
        "bin",
        "EdgeQuant.Tool",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
        OperatingSystem.IsWindows() ? "edgequant.exe" : "edgequant");

    /// <summary>Runs the tool with arguments.</summary>
    public static ToolRun Run(params string[] arguments)
    {
        return Run(Executable, arguments, []);
    }

    /// <summary>Runs any program, with environment variables added to those of the tests.</summary>
    public static ToolRun Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(program, arguments, environment);
        return Finish(process);
    }

    /// <summary>Starts the tool and leaves it running.</summary>
    public static Process Start(params string[] arguments)
    {
        return Start(Executable, arguments, []);
    }

    /// <summary>Waits until a process ends.</summary>
    public static ToolRun Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The tool did not end within {Limit}.");
        }

        return new ToolRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Process Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
