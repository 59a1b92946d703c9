using System.CommandLine;
using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Writes a quantized network in a format that others read.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Onnx = "onnx";

    private readonly Argument<string> _network = new("FILE") { Description = "The quantized network: a TensorFlow Lite or ONNX file." };

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

    private readonly Option<string[]> _inputShapes = new("--input-shape")
    {
        Description = "The shape of an input whose sizes the ONNX file leaves open; once for each such input.",
        HelpName = "NAME=1,3,224,224",
    };

    public ExportVerb()
        : base("export", "Write a quantized network as ONNX, so that other runtimes can run and check it.")
    {
        _format.AcceptOnlyFromAmong(Onnx);
        Arguments.Add(_network);
        Options.Add(_format);
        Options.Add(_output);
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
        ImportOptions options = new() { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) };
        OnnxExport export = console.Progress($"Exporting {Path.GetFileName(source)}", () => InputFile.Parse(source, () => OnnxExporter.Export(NetworkFile.Import(file, options).Graph)));
        cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(target, export.File);
        Print(console, source, file.Length, target, export);
        return ExitCode.Done;
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
