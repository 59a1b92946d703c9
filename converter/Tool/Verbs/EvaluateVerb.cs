using System.CommandLine;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Measures how well a network does on samples: float, quantized or packed.</summary>
internal sealed class EvaluateVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The network: a model file (.eqm), or a trained network, float or quantized." };

    private readonly DataOptions _data = new();

    private readonly Option<Metric?> _metric = new("--metric")
    {
        Description = "What is measured: accuracy (top-1, top-k, each class), auc (anomaly scores; labels are 0 and 1) or regression. [default: what suits]",
        HelpName = "METRIC",
    };

    private readonly Option<int> _topK = new("--top-k") { Description = "How many of the highest scores count in top-k.", HelpName = "K", DefaultValueFactory = _ => 5 };

    private readonly Option<int> _average = new("--average")
    {
        Description = "With auc: so many samples in a row make one score, their mean: the windows of one recording, say.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _against = new("--against") { Description = "Another version of the network: how far do they agree?", HelpName = "OTHER" };

    private readonly Option<string[]> _inputShapes = InputShapes.Option();

    private readonly QuantizedOptions _quantized = new();

    public EvaluateVerb()
        : base("evaluate", "Measure how well a network does on samples: accuracy, area under the curve, errors.")
    {
        Arguments.Add(_file);
        _data.AddTo(this, required: true);
        Options.Add(_metric);
        Options.Add(_topK);
        _topK.AcceptWholeNumbers(1);
        Options.Add(_average);
        _average.AcceptWholeNumbers(1);
        Options.Add(_against);
        Options.Add(_inputShapes);
        _quantized.AddTo(this);
        AddJsonOption();
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        Evaluation evaluation = console.Progress(progress => Evaluate(arguments, progress, cancellation));
        if (console.Json)
        {
            console.Write(evaluation, JsonDocuments.Compact.Evaluation);
        }
        else
        {
            EvaluationText.Print(console, evaluation);
        }

        return ExitCode.Done;
    }

    private Evaluation Evaluate(ParseResult arguments, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        Subject subject = Load(arguments, progress, cancellation);
        Subject? against = arguments.GetValue(_against) is string other ? NetworkInput.Load(other, Import(arguments)) : null;
        progress.Report(new PipelineProgress("read samples", 0, 0));
        SampleSet samples = _data.Read(arguments, subject.SampleInputs, subject.SampleOutput, cancellation);
        EvaluationOptions options = new()
        {
            Metric = arguments.GetValue(_metric),
            TopK = arguments.GetValue(_topK),
            RecordsPerScore = arguments.GetValue(_average),
            Progress = new CountedProgress("evaluate", samples.Count, progress),
            Cancellation = cancellation,
        };
        if (options.Metric is null && against is null && samples.Labels is null && samples.Targets is null)
        {
            throw new ToolException(ExitCode.WrongUsage, "There is nothing to measure by: give --labels, --targets or --against.");
        }

        return Evaluator.Run(subject, samples, options, against);
    }

    private Subject Load(ParseResult arguments, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_file);
        if (_quantized.AreGiven(arguments))
        {
            return _quantized.Quantize(arguments, path, Import(arguments), _data, progress, cancellation).Quantized;
        }

        _quantized.RequireNone(arguments);
        return NetworkInput.Load(path, Import(arguments));
    }

    private ImportOptions Import(ParseResult arguments)
    {
        return new ImportOptions { InputShapes = InputShapes.Parse(arguments.GetValue(_inputShapes) ?? []) };
    }
}
