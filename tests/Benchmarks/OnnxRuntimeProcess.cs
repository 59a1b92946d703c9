using System.Diagnostics;
using System.Text;
using System.Text.Json;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool;

namespace EdgeQuant.Benchmarks;

/// <summary>
/// A process of Node.js that lives as long as the benchmark and times networks in the native ONNX Runtime when it is asked to. Between two
/// requests it waits, so that it takes no time from others. A request is one line of JSON, and so is its answer.
/// </summary>
internal sealed class OnnxRuntimeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private readonly int _threads;

    private OnnxRuntimeProcess(int threads)
    {
        _threads = threads;
        ProcessStartInfo start = new(OnnxRuntimePackage.Node!, [Path.Combine(AppContext.BaseDirectory, "onnx_runtime.cjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[OnnxRuntimePackage.Variable] = OnnxRuntimePackage.Folder;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginErrorReadLine();
        try
        {
            Version = Answer("start").GetProperty("version").GetString()!;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The versions of ONNX Runtime and Node.js.</summary>
    public string Version { get; }

    /// <summary>Starts the process.</summary>
    /// <param name="threads">The threads that networks compute with.</param>
    /// <exception cref="ToolException">Node.js or ONNX Runtime is absent or does not start.</exception>
    public static OnnxRuntimeProcess Start(int threads)
    {
        return OnnxRuntimePackage.IsAvailable
            ? new OnnxRuntimeProcess(threads)
            : throw new ToolException(ExitCode.DeviceFailed, $"ONNX Runtime is not there: the comparison {OnnxRuntimePackage.Absent}. Or leave it out: --no-peer");
    }

    /// <summary>Loads a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ToolException">ONNX Runtime does not take it.</exception>
    public int Load(string path)
    {
        return Ask(new { load = path, threads = _threads }, $"load '{path}'").GetProperty("network").GetInt32();
    }

    /// <summary>Runs a network for about so long.</summary>
    /// <returns>Nanoseconds of an inference, each sample the mean of a few.</returns>
    /// <exception cref="ToolException">It fails.</exception>
    public double[] Run(int network, TimeSpan duration)
    {
        JsonElement samples = Ask(new { run = network, milliseconds = duration.TotalMilliseconds }, "run").GetProperty("nanoseconds");
        return [.. samples.EnumerateArray().Select(sample => sample.GetDouble())];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private JsonElement Ask(object request, string what)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Failed(what, "its process has ended");
        }

        return Answer(what);
    }

    private JsonElement Answer(string what)
    {
        string? line;
        try
        {
            line = _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw Failed(what, $"no answer in {Patience.TotalSeconds:0} seconds");
        }

        if (line is null)
        {
            throw Failed(what, "its process has ended");
        }

        using JsonDocument answer = JsonDocument.Parse(line);
        return answer.RootElement.TryGetProperty("error", out JsonElement error) ? throw Failed(what, error.GetString()!) : answer.RootElement.Clone();
    }

    private ToolException Failed(string what, string why)
    {
        lock (_errors)
        {
            return new ToolException(ExitCode.DeviceFailed, $"ONNX Runtime, asked to {what}: {why}. {_errors.ToString().Trim()}".TrimEnd());
        }
    }
}
