using System.CommandLine;
using System.Globalization;
using EdgeQuant.Converter.Demo;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>The whole way on a network made here: train, quantize, convert, self-test, run, plot.</summary>
internal sealed class DemoVerb : Verb
{
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Also write the model file, to inspect or time it.",
        HelpName = "OUT.eqm",
    };

    public DemoVerb()
        : base("demo", "Train a small network on the sine, convert it, run it with integers only and plot it.")
    {
        Options.Add(_output);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        (byte[] file, SineDemoReport report) = console.Progress("Training a network on the sine", () => SineDemo.Run(cancellation));
        string? target = arguments.GetValue(_output);
        if (target is not null)
        {
            OutputFile.Write(target, file);
        }

        if (console.Json)
        {
            console.Write(report, JsonDocuments.Compact.SineDemoReport);
        }
        else
        {
            Print(console, report, target);
        }

        return report.LargestErrorInt8 <= report.LargestAllowedError ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void Print(ToolConsole console, SineDemoReport report, string? target)
    {
        SinePlot.Print(console, report.Points);
        ConversionReport conversion = report.Conversion;
        Facts facts = new();
        facts.Add("network", "1-16-16-1, trained just now on the sine from 0 to 2 pi, quantized to int8");
        facts.Add("model file", $"{Units.Bytes(conversion.FileBytes)}{(target is null ? "" : $" in {target}")}; the float32 parameters take {Units.Count(conversion.SourceBytes)}");
        facts.Add("operators", $"{conversion.Operators} on the device, {conversion.HostOperators} on the host; {Units.Count(conversion.Macs)} MACs");
        facts.Add("memory", $"arena {Units.Bytes(conversion.ArenaBytes)}; at load {Units.Bytes(conversion.LoadBytes)} in all (measured)");
        facts.Add("self-test", $"{conversion.SelfTestRecords} records in the file, all passed");
        facts.Add(
            "error",
            $"int8 mean {Error(report.MeanErrorInt8)}, largest {Error(report.LargestErrorInt8)} (allowed {Error(report.LargestAllowedError)}); float mean {Error(report.MeanErrorFloat)}, over {report.Points.Count} angles");
        console.Line();
        facts.Print(console);
    }

    private static string Error(double error)
    {
        return error.ToString("0.0000", CultureInfo.InvariantCulture);
    }
}
