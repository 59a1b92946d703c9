using System.CommandLine;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Writes a quantized network in a format that others read. A float network is quantized on the way, as <c>convert</c> does it.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Onnx = "onnx";

    private readonly Argument<string> _network = new("FILE") { Description = "The network: a TensorFlow Lite or ONNX file, quantized or float." };

    private readonly Option<string> _format = new("--format")
    {
        Description = "The format: onnx, with quantization as QuantizeLinear and DequantizeLinear nodes.",
        HelpName = Onnx,
        DefaultValueFactory = _ => Onnx,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write the network. An existing file is replaced only after everything went well.",
        HelpName = "OUT.onnx",
        Required = true,
    };

    private readonly DataOptions _data = new();

    private readonly Option<int?> _samples = new("--samples")
    {
        Description = $"Calibrate with N of the samples, evenly spread. [default: at most {SampleSplit.DefaultCalibration}]",
        HelpName = "N",
    };

    private readonly RecipeOptions _recipe = new();

    private readonly Option<string[]> _inputShapes = InputShapes.Option();

    public ExportVerb()
        : base("export", "Write a quantized network as ONNX, so that other runtimes can run and check it; a float network is quantized with samples.")
    {
        _format.AcceptOnlyFromAmong(Onnx);
        Arguments.Add(_network);
        Options.Add(_format);
        Options.Add(_output);
        _data.AddTo(this, required: false);
        Options.Add(_samples);
        _samples.AcceptWholeNumbers(1);
        _recipe.AddTo(this);
        Options.Add(_inputShapes);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        string source = arguments.GetRequiredValue(_network);
        string target = arguments.GetRequiredValue(_output);
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
        {
            throw new ToolException(ExitCode.WrongUsage, $"The exported network would replace its source '{source}'. Name another file after -o.");
        }

        byte[] file = InputFile.ReadNetwork(source);
        OutputFile.RequirePlace(target);
        OnnxExport export = console.Progress(progress => Export(arguments, source, file, console, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(target, export.File);
        Print(console, source, file.Length, target, export);
        return ExitCode.Done;
    }

    private OnnxExport Export(ParseResult arguments, string source, byte[] file, ToolConsole console, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new PipelineProgress($"export {Path.GetFileName(source)}", 0, 0));
        ImportOptions import = new() { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) };
        NetworkGraph graph = InputFile.Import(source, file, import).Graph;
        if (FloatArithmetic.IsToBeQuantized(graph))
        {
            return OnnxExporter.Export(Quantized(arguments, source, graph, console, progress, cancellation));
        }

        string[] given = [.. Given(arguments)];
        return given.Length == 0
            ? OnnxExporter.Export(graph)
            : throw new ToolException(ExitCode.WrongUsage, $"{source}: This network is quantized already, so {string.Join(", ", given)} would mean nothing.");
    }

    private NetworkGraph Quantized(ParseResult arguments, string source, NetworkGraph graph, ToolConsole console, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        SubjectFile.Check(graph);
        SampleSet? all = _data.AreGiven(arguments) ? _data.Read(arguments, graph, cancellation) : null;
        QuantizationOptions options = new()
        {
            Recipe = _recipe.Read(arguments),
            Samples = all?.Select(Spread.Over(all.Count, Math.Min(all.Count, arguments.GetValue(_samples) ?? SampleSplit.DefaultCalibration))),
            Progress = progress,
            Cancellation = cancellation,
        };
        try
        {
            QuantizationResult result = QuantizationPipeline.Run(graph, options);
            result.Warnings.ToList().ForEach(console.Warn);
            return result.Network.Graph;
        }
        catch (SamplesNeededException exception)
        {
            throw new ToolException(
                ExitCode.WrongUsage, $"{source}: This is a float network. It is quantized with a few hundred samples of its inputs: edgequant export {source} -o OUT.onnx --data SAMPLES.npy. {exception.Message}");
        }
    }

    /// <summary>What was given that only makes sense for a float network.</summary>
    private IEnumerable<string> Given(ParseResult arguments)
    {
        return [.. _recipe.Given(arguments), .. _data.Given(arguments), .. arguments.GetValue(_samples) is null ? Array.Empty<string>() : [_samples.Name]];
    }

    private static void Print(ToolConsole console, string source, int sourceBytes, string target, OnnxExport export)
    {
        if (console.Json)
        {
            ExportDocument document = new(Onnx, sourceBytes, export.File.Length, export.Opset, export.Operators, export.Nodes, export.Transpositions);
            console.Write(document, JsonDocuments.Compact.ExportDocument);
            return;
        }

        Facts facts = new();
        facts.Add("source", $"{Units.Bytes(sourceBytes)} in {source}");
        facts.Add("exported", $"{Units.Bytes(export.File.Length)} in {target}");
        facts.Add("format", $"ONNX, operator set {export.Opset}");
        facts.Add("operators", $"{export.Operators} in the network, {export.Nodes} nodes in the file, {export.Transpositions} of which only change the order of axes");
        facts.Print(console);
    }
}
