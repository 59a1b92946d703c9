using System.CommandLine;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Report;
using EdgeQuant.Converter.Report.Page;
using EdgeQuant.Converter.Report.Quality;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Converts a trained network into a model file, and checks the file before it is written. A float network is quantized on the way.</summary>
internal sealed class ConvertVerb : Verb
{
    private const int MostMeasured = 1000;

    private readonly Argument<string> _model = new("MODEL") { Description = "The trained network: a TensorFlow Lite or ONNX file, quantized or float." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write the model file (.eqm). An existing file is replaced only after everything went well.",
        HelpName = "OUT.eqm",
        Required = true,
    };

    private readonly DataOptions _data = new();

    private readonly Option<int?> _samples = new("--samples")
    {
        Description = $"Calibrate with N of the samples, evenly spread; the others measure what was kept. [default: at most {SampleSplit.DefaultCalibration}]",
        HelpName = "N",
    };

    private readonly RecipeOptions _recipe = new();

    private readonly Option<double?> _maxDrop = new Option<double?>("--max-drop")
    {
        Description = "With labels or targets: write nothing if more than so many points (percent of top-1, AUC or R squared) are lost against float, and say what would help.",
        HelpName = "POINTS",
    }.Accepting(0, 100);

    private readonly Option<string?> _report = new("--report") { Description = "Write a page for people about what was lost and where, and the same as JSON beside it.", HelpName = "OUT.html" };

    private readonly Option<bool> _keepNames = new("--keep-names") { Description = "Keep the names of tensors in the file, so that compare can look into it." };

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

    private readonly SignalOptions _signal = new();

    private readonly BoardOption _board = new();

    private readonly Option<string[]> _inputShapes = InputShapes.Option();

    public ConvertVerb()
        : base("convert", "Convert a trained network into one flat model file; a float network is quantized with samples.")
    {
        Arguments.Add(_model);
        Options.Add(_output);
        _data.AddTo(this, required: false);
        Options.Add(_samples);
        _samples.AcceptWholeNumbers(1);
        _recipe.AddTo(this);
        Options.Add(_maxDrop);
        Options.Add(_report);
        Options.Add(_keepNames);
        Options.Add(_dump);
        Options.Add(_selfTest);
        _signal.AddTo(this);
        _board.AddTo(this);
        Options.Add(_inputShapes);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        string source = arguments.GetRequiredValue(_model);
        string target = arguments.GetRequiredValue(_output);
        string? report = arguments.GetValue(_report);
        RequireDifferent(source, target, report);
        Board? board = _board.Read(arguments);
        byte[] file = InputFile.ReadNetwork(source);
        OutputFile.RequirePlace(target);
        if (report is not null)
        {
            OutputFile.RequirePlace(report);
        }

        MeasuredConversion measured = console.Progress(progress => Convert(arguments, source, file, progress, cancellation));
        cancellation.ThrowIfCancellationRequested();
        ReportedConversion conversion = measured.Conversion;
        byte[] packed = _signal.Apply(arguments, conversion.File);
        packed = board is null ? packed : BoardMark.Write(packed, board);
        conversion = conversion with { File = packed, Report = conversion.Report with { FileBytes = packed.Length, Board = board is null ? null : BoardOption.Require(board, packed) } };
        OutputFile.Write([(target, packed), .. report is null ? [] : Report(report, measured)]);

        foreach (string warning in conversion.Report.Warnings)
        {
            console.Warn(warning);
        }

        if (console.Json)
        {
            console.Write(conversion.Report, JsonDocuments.Compact.ConversionReport);
        }
        else
        {
            ConversionText.Print(console, source, target, report, conversion.Report);
        }

        return ExitCode.Done;
    }

    /// <summary>Refuses outputs that would replace the source or each other.</summary>
    private static void RequireDifferent(string source, string target, string? report)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
        {
            throw new ToolException(ExitCode.WrongUsage, $"The model file would replace its source '{source}'. Name another file after -o.");
        }

        string[] others = report is null ? [] : [report, Path.ChangeExtension(report, ".json")];
        if (others.Select(Path.GetFullPath).Append(Path.GetFullPath(source)).Append(Path.GetFullPath(target)).Distinct(StringComparer.Ordinal).Count() < others.Length + 2)
        {
            throw new ToolException(ExitCode.WrongUsage, $"The report '{report}' and its JSON twin would replace each other, the source or the model file. Name it something.html.");
        }
    }

    private MeasuredConversion Convert(ParseResult arguments, string source, byte[] file, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        ImportOptions import = new() { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) };
        ConversionOptions options = new()
        {
            SourceName = Path.GetFileName(source),
            ImportOptions = import,
            SelfTestInputs = arguments.GetValue(_selfTest) is string inputs ? InputFile.Read(inputs) : null,
            KeepNames = arguments.GetValue(_keepNames),
            AfterPass = new PassDump(arguments.GetValue(_dump), cancellation).Write,
        };
        progress.Report(new PipelineProgress($"convert {options.SourceName}", 0, 0));
        ImportedNetwork network = InputFile.Import(source, file, import);
        GraphCheck.Run(network.Graph);
        if (FloatArithmetic.IsToBeQuantized(network.Graph))
        {
            return Quantize(arguments, source, file, network, options, progress, cancellation);
        }

        RequireQuantized(arguments, source);
        return new MeasuredConversion(ReportedConversion.Of(network, file, options), new FloatConversion());
    }

    /// <summary>Refuses what only makes sense for a float network.</summary>
    private void RequireQuantized(ParseResult arguments, string source)
    {
        List<string> given = [.. _recipe.Given(arguments), .. _data.Given(arguments)];
        Option[] own = [_samples, _maxDrop];
        given.AddRange(own.Where(option => arguments.GetResult(option) is not null and { Implicit: false }).Select(option => option.Name));
        if (given.Count > 0)
        {
            throw new ToolException(
                ExitCode.WrongUsage, $"{source}: This network is quantized already, so {string.Join(", ", given)} would mean nothing. Measure it with: edgequant evaluate MODEL.eqm");
        }
    }

    private MeasuredConversion Quantize(
        ParseResult arguments, string source, byte[] file, ImportedNetwork network, ConversionOptions options, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        if (network.Graph.Refusals.Count > 0)
        {
            throw new UnsupportedNetworkException([.. network.Graph.Refusals]);
        }

        double? maxDrop = arguments.GetValue(_maxDrop);
        Recipe recipe = _recipe.Read(arguments);
        RequireData(arguments);
        progress.Report(new PipelineProgress("read samples", 0, 0));
        SampleSplit? samples = _data.AreGiven(arguments)
            ? SampleSplit.Of(_data.Read(arguments, network.Graph, cancellation), arguments.GetValue(_samples), maxDrop is null ? MostMeasured : int.MaxValue)
            : null;
        QuantizationOptions quantization = new() { Recipe = recipe, Samples = samples?.Calibration, Progress = progress, Cancellation = cancellation };
        MeasuringOptions measuring = new() { Samples = samples, MostDrop = maxDrop, Detailed = arguments.GetValue(_report) is not null };
        try
        {
            return MeasuredConversion.Of(network, file, options with { Quantization = quantization }, measuring);
        }
        catch (SamplesNeededException exception)
        {
            throw new ToolException(
                ExitCode.WrongUsage,
                $"{source}: This is a float network. It is quantized with a few hundred samples of its inputs, which show what ranges its values have: "
                + $"edgequant convert {source} -o OUT.eqm --data SAMPLES.npy (or .npz, .csv, IDX, .bin). {exception.Message}");
        }
    }

    /// <summary>Refuses what means nothing without samples.</summary>
    private void RequireData(ParseResult arguments)
    {
        Option[] own = [_maxDrop, _samples];
        string[] orphans = [.. _data.Given(arguments), .. own.Where(option => arguments.GetResult(option) is not null and { Implicit: false }).Select(option => option.Name)];
        if (!_data.AreGiven(arguments) && orphans.Length > 0)
        {
            throw new ToolException(ExitCode.WrongUsage, $"{string.Join(", ", orphans)} means something with --data FILE only.");
        }
    }

    /// <summary>The page and its twin.</summary>
    private static (string Path, byte[] Bytes)[] Report(string target, MeasuredConversion conversion)
    {
        string twin = Path.ChangeExtension(target, ".json");
        QuantizationReport report = FloatConversionReport.Make(conversion.Conversion, conversion.Known, DateTimeOffset.Now);
        return [(target, HtmlReport.Write(report, Path.GetFileName(twin))), (twin, QuantizationReportJson.Write(report))];
    }
}
