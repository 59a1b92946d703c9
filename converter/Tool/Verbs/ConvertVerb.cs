using System.CommandLine;
using System.Globalization;
using System.Text;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Converts a trained network into a model file, and checks the file before it is written.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The trained network: a TensorFlow Lite or ONNX file." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write the model file (.eqm). An existing file is replaced only after everything went well.",
        HelpName = "OUT.eqm",
        Required = true,
    };

    private readonly Option<string?> _dump = new("--dump-passes")
    {
        Description = "Write the network as text after import and after each pass into this folder.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _selfTest = new("--self-test")
    {
        Description = "Raw input records for the self-test in the file; without them they are drawn from a seed.",
        HelpName = "INPUTS",
    };

    private readonly Option<string[]> _inputShapes = new("--input-shape")
    {
        Description = "The shape of an input whose sizes the ONNX file leaves open; once for each such input.",
        HelpName = "NAME=1,3,224,224",
    };

    public ConvertVerb()
        : base("convert", "Convert a trained network into one flat model file.")
    {
        Arguments.Add(_model);
        Options.Add(_output);
        Options.Add(_dump);
        Options.Add(_selfTest);
        Options.Add(_inputShapes);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        string source = arguments.GetRequiredValue(_model);
        string target = arguments.GetRequiredValue(_output);
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
        {
            throw new ToolException(ExitCode.WrongUsage, $"The model file would replace its source '{source}'. Name another file after -o.");
        }

        byte[] network = InputFile.ReadNetwork(source);
        ConversionOptions options = new()
        {
            SourceName = Path.GetFileName(source),
            ImportOptions = new ImportOptions { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) },
            SelfTestInputs = arguments.GetValue(_selfTest) is string inputs ? InputFile.Read(inputs) : null,
            AfterPass = AfterPass(arguments.GetValue(_dump), cancellation),
        };
        ReportedConversion conversion = console.Progress($"Converting {options.SourceName}", () => InputFile.Parse(source, () => ReportedConversion.Of(network, options)));
        cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(target, conversion.File);
        Print(console, source, target, conversion.Report);
        return ExitCode.Done;
    }

    private static Action<NetworkGraph, string> AfterPass(string? folder, CancellationToken cancellation)
    {
        int number = 0;
        return (graph, pass) =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (folder is null)
            {
                return;
            }

            OutputFile.CreateFolder(folder);
            string name = number++.ToString("00", CultureInfo.InvariantCulture) + $"-{pass}.txt";
            OutputFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(GraphText.Of(graph)));
        };
    }

    private static void Print(ToolConsole console, string source, string target, ConversionReport report)
    {
        foreach (string warning in report.Warnings)
        {
            console.Warn(warning);
        }

        if (console.Json)
        {
            console.Write(report, JsonDocuments.Compact.ConversionReport);
            return;
        }

        Facts facts = new();
        facts.Add("source", $"{Units.Bytes(report.SourceBytes)} in {source}");
        facts.Add("model file", $"{Units.Bytes(report.FileBytes)} in {target} ({Units.Percent((double)report.FileBytes / report.SourceBytes)} of the source)");
        facts.Add("operators", $"{report.Operators} on the device{HostOperators(report)}, {report.SourceOperators} in the source; {Units.Count(report.Macs)} MACs");
        facts.Add("arena", $"{Units.Bytes(report.ArenaBytes)}; at least {Units.Count(report.ArenaLowerBound)} are alive at once; operators in place: {report.InPlaceOperators}");
        facts.Add("state", Units.Bytes(report.StateBytes));
        facts.Add("at load", $"{Units.Bytes(report.LoadBytes)} allocated in all, arena and state included (measured)");
        facts.Add("self-test", $"{report.SelfTestRecords} records in the file, all passed");
        facts.Print(console);
    }

    private static string HostOperators(ConversionReport report)
    {
        return report.HostOperators == 0 ? "" : $" and {report.HostOperators} on the host";
    }
}
