using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tool;

namespace EdgeQuant.Benchmarks;

/// <summary>Measures a first inference in a process of its own, where nothing has been compiled, loaded or cached yet.</summary>
internal static class FirstInference
{
    /// <summary>The argument that makes this program the process that is measured; the model file and the number of threads follow.</summary>
    public const string Command = "first-inference";

    private const int Processes = 5;

    /// <summary>Runs in the process that is measured: loads a model, runs it once, and prints how long both took.</summary>
    public static int Report(string model, string threads)
    {
        long start = Stopwatch.GetTimestamp();
        Network network = Network.Load(File.ReadAllBytes(model), threads: int.Parse(threads, CultureInfo.InvariantCulture));
        long loaded = Stopwatch.GetTimestamp();
        network.Invoke();
        long end = Stopwatch.GetTimestamp();
        Console.WriteLine(FormattableString.Invariant($"[{Nanoseconds(start, loaded)}, {Nanoseconds(loaded, end)}]"));
        return 0;
    }

    /// <summary>Measures in new processes.</summary>
    /// <param name="model">The <c>.eqm</c> file's path.</param>
    /// <param name="kernels">The kernels to load it with.</param>
    /// <param name="threads">The threads to load it for.</param>
    /// <returns>The process with the shortest time from its start to its end.</returns>
    public static FirstInferenceFigures Measure(string model, KernelSet kernels, int threads)
    {
        return Enumerable.Range(0, Processes).Select(_ => MeasureOnce(model, kernels, threads)).MinBy(figures => figures.Process)!;
    }

    private static FirstInferenceFigures MeasureOnce(string model, KernelSet kernels, int threads)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "EdgeQuant.Benchmarks" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessStartInfo start = new(program, [Command, model, threads.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["EDGEQUANT_KERNELS"] = kernels.Name;
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double taken = Nanoseconds(begin, Stopwatch.GetTimestamp());
        return process.ExitCode == 0 && JsonSerializer.Deserialize<double[]>(output) is [double load, double inference]
            ? new FirstInferenceFigures(load, inference, taken)
            : throw new ToolException(ExitCode.Defect, $"A process for the first inference of '{model}' ended with {process.ExitCode}.");
    }

    private static double Nanoseconds(long start, long end)
    {
        return (end - start) * 1e9 / Stopwatch.Frequency;
    }
}
