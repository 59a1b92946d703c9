using System.CommandLine;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Shows where two versions of a network part, or what each operator's quantization costs.</summary>
internal sealed class CompareVerb : Verb
{
    private const int DefaultRecords = 100;

    private readonly Argument<string> _first = new("A") { Description = "The network that is the measure: a trained network, float or quantized, or a model file (.eqm)." };

    private readonly Argument<string?> _second = new("B")
    {
        Description = "The version that is compared with it; with --calibrate it is what A becomes when it is quantized.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly DataOptions _data = new();

    private readonly Option<int> _records = new("--records")
    {
        Description = "Compare on N of the samples, evenly spread.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultRecords,
    };

    private readonly Option<double?> _limit = new Option<double?>("--bad-below")
    {
        Description = "The signal-to-quantization-noise ratio in dB below which a layer counts as bad.",
        HelpName = "DB",
        DefaultValueFactory = _ => 15,
    }.Accepting(double.NegativeInfinity, double.PositiveInfinity);

    private readonly Option<bool> _sensitivity = new("--sensitivity")
    {
        Description = "With --calibrate: what each operator costs, quantized alone and with all quantized but it, and the change of recipe that would help.",
    };

    private readonly Option<string?> _suggest = new("--suggest") { Description = "With --sensitivity: write the recipe that it suggests.", HelpName = "OUT.json" };

    private readonly Option<string[]> _inputShapes = InputShapes.Option();

    private readonly QuantizedOptions _quantized = new();

    public CompareVerb()
        : base("compare", "Show layer by layer where two versions of a network part, or what each operator's quantization costs.")
    {
        Arguments.Add(_first);
        Arguments.Add(_second);
        _data.AddTo(this, required: true);
        Options.Add(_records);
        _records.AcceptWholeNumbers(1);
        Options.Add(_limit);
        Options.Add(_sensitivity);
        Options.Add(_suggest);
        Options.Add(_inputShapes);
        _quantized.AddTo(this);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        if (arguments.GetValue(_sensitivity))
        {
            Analyse(arguments, console, cancellation);
            return ExitCode.Done;
        }

        if (arguments.GetValue(_suggest) is not null)
        {
            throw new ToolException(ExitCode.WrongUsage, "--suggest means something with --sensitivity only.");
        }

        NetworkComparison comparison = console.Progress(progress => Compare(arguments, progress, cancellation));
        if (console.Json)
        {
            console.Write(comparison, JsonDocuments.Compact.NetworkComparison);
        }
        else
        {
            ComparisonText.Print(console, comparison);
        }

        return ExitCode.Done;
    }

    private NetworkComparison Compare(ParseResult arguments, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        (Subject first, Subject second) = Load(arguments, progress, cancellation);
        SampleSet samples = Samples(arguments, first, progress, cancellation);
        CountedProgress counted = new("compare", samples.Count, progress);
        return Comparer.Run(first, second, samples, arguments.GetValue(_limit)!.Value, counted, cancellation);
    }

    private (Subject First, Subject Second) Load(ParseResult arguments, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        string first = arguments.GetRequiredValue(_first);
        string? second = arguments.GetValue(_second);
        bool quantize = _quantized.AreGiven(arguments);
        if (second is null != quantize)
        {
            throw new ToolException(ExitCode.WrongUsage, quantize ? "Give B or --calibrate, not both." : "Give a second network to compare with, or --calibrate FILE to quantize the first.");
        }

        if (second is null)
        {
            QuantizedSubject quantized = _quantized.Quantize(arguments, first, Import(arguments), _data, progress, cancellation);
            return (quantized.Float, quantized.Quantized);
        }

        _quantized.RequireNone(arguments);
        return (NetworkInput.Load(first, Import(arguments)), NetworkInput.Load(second, Import(arguments)));
    }

    private void Analyse(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        if (!_quantized.AreGiven(arguments) || arguments.GetValue(_second) is not null)
        {
            throw new ToolException(ExitCode.WrongUsage, "--sensitivity takes one float network and --calibrate FILE.");
        }

        SensitivityResult result = console.Progress(progress =>
        {
            QuantizedSubject quantized = _quantized.Quantize(arguments, arguments.GetRequiredValue(_first), Import(arguments), _data, progress, cancellation);
            SampleSet samples = Samples(arguments, quantized.Float, progress, cancellation);
            SensitivityOptions options = new() { MostRecords = samples.Count, Progress = progress, Cancellation = cancellation };
            return SensitivityAnalysis.Run(quantized.Result.Network.Source, quantized.Result.Recipe, quantized.Result.Ranges, samples, options);
        });
        byte[] recipe = RecipeJson.Write(result.Suggestion);
        if (arguments.GetValue(_suggest) is string target)
        {
            OutputFile.Write(target, recipe);
        }

        if (console.Json)
        {
            console.Write(SensitivityDocument.Of(result), JsonDocuments.Compact.SensitivityDocument);
        }
        else
        {
            SensitivityText.Print(console, result);
        }
    }

    private SampleSet Samples(ParseResult arguments, Subject subject, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        progress.Report(new PipelineProgress("read samples", 0, 0));
        SampleSet samples = _data.Read(arguments, subject.SampleInputs, subject.SampleOutput, cancellation);
        int some = Math.Min(samples.Count, arguments.GetValue(_records));
        return some == samples.Count ? samples : samples.Select(Spread.Over(samples.Count, some));
    }

    private ImportOptions Import(ParseResult arguments)
    {
        return new ImportOptions { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) };
    }
}
