using System.Diagnostics;
using System.Globalization;
using EdgeQuant.Tests.Support;

namespace EdgeQuant.Firmware.Tests.RaspberryPi;

/// <summary>The program, run as systemd runs it.</summary>
internal sealed class DeviceProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static readonly string s_executable = Path.Combine(
        Repository.Root, "artifacts", "bin", "EdgeQuant.Device", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "edgequant-device");

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];

    private DeviceProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The lines that were read so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public static DeviceProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(s_executable, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DeviceProcess(Process.Start(start)!);
    }

    /// <summary>Reads lines up to one for which something holds.</summary>
    public async Task<string> ReadUntil(Func<string, bool> holds)
    {
        using CancellationTokenSource limit = new(s_limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
            if (holds(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended after {_lines.Count} lines: {await _error}");
    }

    /// <summary>Sends a signal: TERM, KILL.</summary>
    public void Send(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Kills it at once: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
    }

    /// <summary>Reads to the end.</summary>
    public async Task<(int ExitCode, string Error)> Finish()
    {
        using CancellationTokenSource limit = new(s_limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
        }

        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
