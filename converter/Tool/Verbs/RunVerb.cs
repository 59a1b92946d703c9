using System.CommandLine;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Runs raw records through a model.</summary>
internal sealed class RunVerb : Verb
{
    private readonly RecordOptions _records = new();

    private readonly Option<string> _outputs = new("--outputs")
    {
        Description = "Where to write the bytes of all outputs, record after record.",
        HelpName = "Y",
        Required = true,
    };

    public RunVerb()
        : base("run", "Run raw records and write what the model makes of them.")
    {
        _records.AddTo(this, _outputs);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        ModelRunner runner = _records.Load(arguments);
        RecordRun run = new(runner, InputFile.Read(arguments.GetRequiredValue(_records.Inputs)), arguments.GetValue(_records.ResetEvery));
        string target = arguments.GetRequiredValue(_outputs);
        byte[] outputs = console.Progress($"Running {run.Records} records", () => run.Run(cancellation));
        OutputFile.Write(target, outputs);
        if (console.Json)
        {
            console.Write(new RunDocument(run.Records, runner.InputBytes, runner.OutputBytes, outputs.Length), JsonDocuments.Compact.RunDocument);
        }
        else
        {
            console.Line($"{Units.Count(run.Records)} records of {Units.Bytes(runner.InputBytes)} run; {Units.Count(run.Records)} of {Units.Bytes(runner.OutputBytes)} written to {target}{RecordOptions.Kernels(runner)}");
        }

        return ExitCode.Done;
    }
}
