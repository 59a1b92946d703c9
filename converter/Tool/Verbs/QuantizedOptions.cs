using System.CommandLine;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Verbs;

/// <summary>For the verbs that quantize a float network to look at what becomes of it, without writing it.</summary>
internal sealed class QuantizedOptions
{
    private const int DefaultSamples = SampleSplit.DefaultCalibration;

    private readonly Option<string[]> _calibrate = new("--calibrate")
    {
        Description = "Quantize the float network with these samples first; their numbers mean what those of --data mean. Repeatable.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _samples = new("--samples") { Description = $"Calibrate with N of them, evenly spread. [default: at most {DefaultSamples}]", HelpName = "N" };

    private readonly Option<bool> _packed = new("--packed") { Description = "Run the quantized network with integers, as the file that it converts to, not simulated." };

    private readonly RecipeOptions _recipe = new();

    public QuantizedOptions()
    {
        _samples.AcceptWholeNumbers(1);
    }

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_calibrate);
        verb.Options.Add(_samples);
        verb.Options.Add(_packed);
        _recipe.AddTo(verb);
    }

    /// <summary>True if the network is to be quantized.</summary>
    public bool AreGiven(ParseResult arguments)
    {
        return arguments.GetValue(_calibrate) is { Length: > 0 };
    }

    /// <summary>Refuses what only makes sense with <c>--calibrate</c>.</summary>
    /// <exception cref="ToolException">Something of it was given.</exception>
    public void RequireNone(ParseResult arguments)
    {
        string[] given = [.. _recipe.Given(arguments), .. arguments.GetValue(_packed) ? [_packed.Name] : Array.Empty<string>(), .. arguments.GetValue(_samples) is null ? Array.Empty<string>() : [_samples.Name]];
        if (given.Length > 0)
        {
            throw new ToolException(ExitCode.WrongUsage, $"{string.Join(", ", given)}: how to quantize means something with --calibrate FILE only.");
        }
    }

    /// <summary>Quantizes the network of a file.</summary>
    /// <param name="arguments">What the person said.</param>
    /// <param name="path">The file.</param>
    /// <param name="import">What its import is told.</param>
    /// <param name="data">How samples are read.</param>
    /// <param name="progress">Told what is under way.</param>
    /// <param name="cancellation">Ends the work.</param>
    public QuantizedSubject Quantize(ParseResult arguments, string path, ImportOptions import, DataOptions data, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        byte[] file = InputFile.ReadNetwork(path);
        ImportedNetwork network = InputFile.Import(path, file, import);
        SubjectFile.Check(network.Graph);
        if (!FloatArithmetic.IsIn(network.Graph))
        {
            throw new ToolException(ExitCode.WrongUsage, $"{path}: This network is quantized already; leave --calibrate out.");
        }

        progress.Report(new PipelineProgress("read samples", 0, 0));
        SampleSet all = data.Read(arguments, arguments.GetValue(_calibrate)!, SampleInput.AllOf(network.Graph), SampleInput.Of(network.Graph.Outputs[0]), cancellation);
        int some = Math.Min(all.Count, arguments.GetValue(_samples) ?? DefaultSamples);
        QuantizationOptions options = new()
        {
            Recipe = _recipe.Read(arguments),
            Samples = some == all.Count ? all : all.Select(Spread.Over(all.Count, some)),
            Progress = progress,
            Cancellation = cancellation,
        };
        return QuantizedSubject.Of(Path.GetFileName(path), network, file, options, arguments.GetValue(_packed));
    }
}
