using System.CommandLine;
using System.Globalization;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;
using Spectre.Console;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Times a model on this machine.</summary>
internal sealed class BenchVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The model file (.eqm)." };

    private readonly Option<int?> _iterations = new("--iterations")
    {
        Description = "Inferences to measure. [default: as many as fit into a second, 20 to 10,000]",
        HelpName = "N",
    };

    private readonly KernelOptions _kernels = new();

    public BenchVerb()
        : base("bench", "Time a model: per inference and per operator, with the bytes it allocates.")
    {
        Arguments.Add(_file);
        Options.Add(_iterations);
        _iterations.AcceptWholeNumbers(1);
        _kernels.AddTo(this);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_file);
        byte[] file = InputFile.ReadModel(path);
        int? iterations = arguments.GetValue(_iterations);
        KernelSet kernels = _kernels.Read(arguments);
        console.Announce($"Measuring {Path.GetFileName(path)}");
        BenchmarkReport report = InputFile.Parse(
            path, () => Benchmark.Run(file, kernels, _kernels.Threads(arguments), PeakMeasurement.Run(kernels), iterations, cancellation));
        if (console.Json)
        {
            console.Write(report, JsonDocuments.Compact.BenchmarkReport);
        }
        else
        {
            Print(console, path, report);
        }

        return ExitCode.Done;
    }

    private static void Print(ToolConsole console, string path, BenchmarkReport report)
    {
        Facts facts = new();
        facts.Add("model file", path);
        facts.Add("machine", $"{report.Machine}; kernels: {report.Kernels}");
        facts.Add(
            "measured",
            $"{Units.Count(report.Iterations)} inferences, then as many operator by operator, {Threads(report)}, after {Units.Count(report.WarmUpInferences)} to warm up; "
            + $"reading the clock ({Units.Duration(report.OverheadNanoseconds)}) is taken off, and what is shorter shows as such");
        facts.Add("inference", $"median {Units.Duration(report.Nanoseconds.Median)}, minimum {Units.Duration(report.Nanoseconds.Minimum)}, p90 {Units.Duration(report.Nanoseconds.P90)}");
        facts.Add("work", $"{Units.Count(report.Macs)} MACs, {Units.Rate(report.MacsPerSecond)} MACs/s at the median, {Units.Percent(report.ShareOfPeak)} of this machine's peak");
        facts.Add("peak", $"{Units.Rate(report.Peak.MacsPerSecond)} MACs/s of one core ({report.Peak.Instruction}; measured)");
        facts.Add("load", $"first {Units.Duration(report.Load.First)} and its first inference {Units.Duration(report.Load.FirstInference)}, with what .NET compiles for them; later loads median {Units.Duration(report.Load.Later.Median)}");
        facts.Add("allocated", $"{report.AllocatedBytesPerInference.ToString("0.##", CultureInfo.InvariantCulture)} bytes an inference (measured)");
        facts.Add(
            "memory",
            $"file {Units.Bytes(report.FileBytes)}, arena {Units.Bytes(report.ArenaBytes)}, state {Units.Bytes(report.StateBytes)}, {MemoryText.Held(report.Memory)}; "
            + $"at load {Units.Bytes(report.Memory.LoadBytes)} allocated in all (measured)");
        facts.Print(console);
        Table table = ListTable.Create().Number("#").Name("operator").Text("output").Number("median").Number("minimum").Number("p90").Number("part").Number("MACs/s").Number("of peak");
        foreach (OperatorTiming timing in report.Operators)
        {
            OperatorReport op = timing.Operator;
            bool hasRate = op.Macs > 0 && timing.Nanoseconds.Median >= report.OverheadNanoseconds;
            table.Row(
                op.Index.ToString(CultureInfo.InvariantCulture),
                op.Kind,
                string.Join(" + ", op.Outputs.Select(tensor => Units.Shape(tensor.Shape))),
                Duration(timing.Nanoseconds.Median, report),
                Duration(timing.Nanoseconds.Minimum, report),
                Duration(timing.Nanoseconds.P90, report),
                Units.Percent(timing.Share),
                hasRate ? Units.Rate(timing.MacsPerSecond) : "",
                hasRate ? Units.Percent(timing.ShareOfPeak) : "");
        }

        console.Line();
        console.Write(table);
    }

    private static string Threads(BenchmarkReport report)
    {
        return report.Threads == 1 ? "one thread" : $"{Units.Count(report.Threads)} threads in large layers";
    }

    private static string Duration(double nanoseconds, BenchmarkReport report)
    {
        return nanoseconds < report.OverheadNanoseconds ? "< " + Units.Duration(report.OverheadNanoseconds) : Units.Duration(nanoseconds);
    }
}
