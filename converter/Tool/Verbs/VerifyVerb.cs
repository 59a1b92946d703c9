using System.CommandLine;
using System.Globalization;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Runs raw records through a model and compares every byte that it gives.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly RecordOptions _records = new();

    private readonly Option<string> _outputs = new("--outputs")
    {
        Description = "The bytes of all outputs that are expected, record after record.",
        HelpName = "Y",
        Required = true,
    };

    public VerifyVerb()
        : base("verify", "Run raw records and compare the outputs byte for byte; exit code 1 if any byte differs.")
    {
        _records.AddTo(this, _outputs);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        ModelRunner runner = _records.Load(arguments);
        byte[] inputs = InputFile.Read(arguments.GetRequiredValue(_records.Inputs));
        byte[] expected = InputFile.Read(arguments.GetRequiredValue(_outputs));
        int resetEvery = arguments.GetValue(_records.ResetEvery);
        VerificationReport report = console.Progress("Comparing", () => Verification.Run(runner, inputs, expected, resetEvery, cancellation));
        if (console.Json)
        {
            console.Write(report, JsonDocuments.Compact.VerificationReport);
        }
        else
        {
            console.Line((report.First is null ? Match(report) : Mismatch(report, report.First)) + RecordOptions.Kernels(runner));
        }

        return report.Matches ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static string Match(VerificationReport report)
    {
        return $"{Units.Count(report.Records)} records match: {Units.Bytes(report.ComparedBytes)}, every one as expected";
    }

    private static string Mismatch(VerificationReport report, ElementDifference first)
    {
        return $"""
            {Units.Count(report.DifferentRecords)} of {Units.Count(report.Records)} records differ, in {Units.Count(report.DifferentBytes)} of {Units.Bytes(report.ComparedBytes)} ({Units.Count(report.DifferentElements)} elements); the largest difference is {Number(report.LargestDifference)}
            first: record {first.Record}, output {first.Output} {first.Tensor}, element {first.Element} [{string.Join(',', first.Coordinates)}]: {Number(first.Found)}, expected {Number(first.Expected)}
            """;
    }

    private static string Number(double value)
    {
        return value.ToString("G9", CultureInfo.InvariantCulture);
    }
}
