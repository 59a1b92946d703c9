using System.Diagnostics;
using System.Text;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>A program that was run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">Its lines on standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ProgramRun(int ExitCode, IReadOnlyList<string> Output, string Error)
{
    /// <summary>Runs a program. Arguments are passed as they are, without a shell.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="onLine">Told each line of its standard output as it comes.</param>
    /// <param name="limit">How long it may take; it is killed then.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <param name="folder">The folder that it runs in; null for this process's.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ProgramRun Of(string program, IEnumerable<string> arguments, string input, Action<string> onLine, TimeSpan limit, CancellationToken cancellation, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using CancellationTokenSource late = new(limit);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = stop.Token.Register(() => process.Kill(entireProcessTree: true));
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task written = Task.Run(() => Write(process, input), CancellationToken.None);
        List<string> lines = [];
        while (process.StandardOutput.ReadLine() is string line)
        {
            lines.Add(line);
            onLine(line);
        }

        process.WaitForExit();
        written.GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        return late.IsCancellationRequested
            ? throw new TimeoutException($"It did not end within {limit.TotalSeconds} s.")
            : new ProgramRun(process.ExitCode, lines, error.GetAwaiter().GetResult());
    }

    private static void Write(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all; its exit code and its standard error say why.
        }
    }
}
