using System.CommandLine;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Decisions;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Options that make a pipeline of a network: where its input comes from, and what becomes of its scores.</summary>
internal sealed class SignalOptions
{
    private readonly Option<string?> _frontEnd = new("--front-end")
    {
        Description = "How samples become the network's input: put it into the file, which then runs from samples to labels.",
        HelpName = "F.json",
    };

    private readonly Option<string?> _decision = new("--decision") { Description = "How scores become a label: thresholds, averages, votes, pauses.", HelpName = "D.json" };

    private readonly Option<string?> _labels = new("--labels-file") { Description = "The labels, one a line.", HelpName = "LABELS.txt" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_frontEnd);
        verb.Options.Add(_decision);
        verb.Options.Add(_labels);
    }

    /// <summary>Makes a pipeline of a packed network if that is asked for; otherwise the file stays as it is.</summary>
    /// <exception cref="ToolException">A file cannot be read, or an option means nothing without another.</exception>
    /// <exception cref="SignalException">Front end, decision or labels do not fit the network.</exception>
    public byte[] Apply(ParseResult arguments, byte[] file)
    {
        string? frontEndPath = arguments.GetValue(_frontEnd);
        string? decisionPath = arguments.GetValue(_decision);
        string? labelsPath = arguments.GetValue(_labels);
        if (frontEndPath is null)
        {
            return decisionPath is null && labelsPath is null
                ? file
                : throw new ToolException(ExitCode.WrongUsage, "--decision and --labels-file mean something with --front-end F.json only: it says how often the network decides.");
        }

        FrontEnd frontEnd = FrontEndReader.Read(InputFile.Read(frontEndPath), frontEndPath);
        DecisionRule rule = decisionPath is null ? DecisionRule.Default : DecisionReader.Read(InputFile.Read(decisionPath), decisionPath);
        IReadOnlyList<string>? labels = labelsPath is null ? null : LabelLines.Read(InputFile.Read(labelsPath), labelsPath);
        byte[]? nested = frontEnd.File is string name ? Nested(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(frontEndPath))!, name)) : null;
        return PipelinePacker.Pack(file, frontEnd, frontEndPath, nested, rule, decisionPath ?? labelsPath ?? frontEndPath, labels);
    }

    private static byte[] Nested(string path)
    {
        ConversionOptions options = new() { SourceName = Path.GetFileName(path) };
        byte[] source = InputFile.ReadNetwork(path);
        return InputFile.Parse(path, () => ModelConverter.Convert(source, options)).File;
    }
}
