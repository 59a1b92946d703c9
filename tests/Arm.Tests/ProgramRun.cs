using System.Diagnostics;

namespace EdgeQuant.Arm.Tests;

/// <summary>What a program said, on standard output and standard error, and how it ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">All lines in their order.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end within 20 minutes.</exception>
    public static ProgramRun Of(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        List<string> lines = [];
        int exitCode = Read(program, arguments, lines.Add, environment);
        return new ProgramRun(exitCode, string.Join('\n', lines));
    }

    /// <summary>Runs a program to its end and reads what it says while it runs.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="read">Gets each line, one at a time.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end within 20 minutes.</exception>
    public static int Read(string program, string[] arguments, Action<string> read, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // What 'dotnet test' tells its own processes is not for others.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Lock one = new();
        void Received(object sender, DataReceivedEventArgs received)
        {
            if (received.Data is string line)
            {
                lock (one)
                {
                    read(line);
                }
            }
        }

        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += Received;
        process.ErrorDataReceived += Received;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {s_limit}.");
        }

        process.WaitForExit();
        return process.ExitCode;
    }
}
