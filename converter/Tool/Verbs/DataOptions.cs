using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Where samples come from, and what their numbers mean.</summary>
internal sealed class DataOptions
{
    private const string Forms = ".npy, .npz, .csv, IDX or raw .bin, each also gzipped";

    private readonly Option<string[]> _data = new("--data")
    {
        Description = $"Samples: {Forms}. INPUT=FILE for one of several inputs, class:N=FILE for samples of one class, FILE.npz#ARRAY for one array of several. Repeatable.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "The class of each sample, from 0: one number a record, or rows with a single 1. Unnecessary where --data holds or says it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _targets = new("--targets") { Description = "What the network's first output should be for each sample.", HelpName = "FILE" };

    private readonly Option<string[]> _scale = new("--data-scale")
    {
        Description = "What the files' numbers are multiplied with to give the network's inputs, such as 1/255; INPUT=X for one of several inputs. [default: 1]",
        HelpName = "X",
    };

    private readonly Option<string[]> _offset = new("--data-offset")
    {
        Description = "What is added after that; INPUT=X for one of several inputs. [default: 0]",
        HelpName = "X",
    };

    private readonly Option<DataType?> _type = new("--data-type")
    {
        Description = "How numbers are stored in raw .bin files: uint8, int8, int16, float32 and so on. [default: the input's own type]",
        HelpName = "TYPE",
        CustomParser = ParseType,
    };

    private readonly Option<string?> _labelColumn = new("--label-column") { Description = "The CSV column of the class, by name or position from 0.", HelpName = "NAME" };

    private readonly Option<int?> _limit = new("--limit") { Description = "Read the first N samples only.", HelpName = "N" };

    private readonly Option<bool> _continuing = new("--continuing")
    {
        Description = "The samples follow each other in time: the network's state goes on from one to the next, and is not reset before each.",
    };

    public DataOptions()
    {
        _limit.AcceptWholeNumbers(1);
        _scale.CustomParser = result => ParseNumbers(result, _scale.Name);
        _offset.CustomParser = result => ParseNumbers(result, _offset.Name);
    }

    /// <summary>Adds them to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="required">True if the verb can do nothing without samples.</param>
    public void AddTo(Verb verb, bool required)
    {
        _data.Required = required;
        verb.Options.Add(_data);
        verb.Options.Add(_labels);
        verb.Options.Add(_targets);
        verb.Options.Add(_scale);
        verb.Options.Add(_offset);
        verb.Options.Add(_type);
        verb.Options.Add(_labelColumn);
        verb.Options.Add(_limit);
        verb.Options.Add(_continuing);
    }

    /// <summary>True if there are samples.</summary>
    public bool AreGiven(ParseResult arguments)
    {
        return arguments.GetValue(_data) is { Length: > 0 };
    }

    /// <summary>The options that were given, for messages; empty if none was.</summary>
    public IEnumerable<string> Given(ParseResult arguments)
    {
        Option[] all = [_data, _labels, _targets, _scale, _offset, _type, _labelColumn, _limit, _continuing];
        return all.Where(option => arguments.GetResult(option) is not null and { Implicit: false }).Select(option => option.Name);
    }

    /// <summary>Reads the samples for a network.</summary>
    /// <exception cref="DataException">They cannot be used.</exception>
    public SampleSet Read(ParseResult arguments, NetworkGraph graph, CancellationToken cancellation)
    {
        return Read(arguments, SampleInput.AllOf(graph), SampleInput.Of(graph.Outputs[0]), cancellation);
    }

    /// <summary>Reads the samples.</summary>
    /// <param name="arguments">What the person said.</param>
    /// <param name="inputs">The inputs of the network.</param>
    /// <param name="output">Its first output.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="DataException">They cannot be used.</exception>
    public SampleSet Read(ParseResult arguments, IReadOnlyList<SampleInput> inputs, SampleInput output, CancellationToken cancellation)
    {
        SampleOptions options = Common(arguments, inputs, arguments.GetValue(_data)!) with
        {
            Labels = arguments.GetValue(_labels) is string labels ? SampleFile.Parse(labels, []) : null,
            Targets = arguments.GetValue(_targets) is string targets ? SampleFile.Parse(targets, []) : null,
            Limit = arguments.GetValue(_limit) ?? int.MaxValue,
        };
        return SampleReader.Read(inputs, output, options, cancellation) with { StateContinues = arguments.GetValue(_continuing) };
    }

    /// <summary>Reads other samples for the same network, whose numbers mean the same; without classes and targets.</summary>
    public SampleSet Read(ParseResult arguments, string[] files, IReadOnlyList<SampleInput> inputs, SampleInput output, CancellationToken cancellation)
    {
        return SampleReader.Read(inputs, output, Common(arguments, inputs, files), cancellation) with { StateContinues = arguments.GetValue(_continuing) };
    }

    private SampleOptions Common(ParseResult arguments, IReadOnlyList<SampleInput> inputs, string[] files)
    {
        Dictionary<string, double> scales = Numbers(arguments.GetValue(_scale));
        Dictionary<string, double> offsets = Numbers(arguments.GetValue(_offset));
        string[] named = [.. scales.Keys.Concat(offsets.Keys).Distinct(StringComparer.Ordinal)];
        return new SampleOptions([.. files.Select(file => SampleFile.Parse(file, inputs))])
        {
            Scale = ScaleOf(""),
            Scales = named.Where(name => name.Length > 0).ToDictionary(name => name, name => ScaleOf(name)!, StringComparer.Ordinal),
            RawType = arguments.GetValue(_type),
            LabelColumn = arguments.GetValue(_labelColumn),
        };

        ValueScale? ScaleOf(string name)
        {
            return named.Contains(name) ? new ValueScale(scales.GetValueOrDefault(name, 1), offsets.GetValueOrDefault(name, 0)) : null;
        }
    }

    /// <summary>Numbers by the name of their input; that of all inputs has an empty name.</summary>
    private static Dictionary<string, double> Numbers(string[]? texts)
    {
        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int equals = text.LastIndexOf('=');
            numbers[equals < 0 ? "" : text[..equals]] = Number(text[(equals + 1)..])!.Value;
        }

        return numbers;
    }

    private static string[] ParseNumbers(ArgumentResult result, string option)
    {
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        if (Array.Find(texts, text => Number(text[(text.LastIndexOf('=') + 1)..]) is null) is string wrong)
        {
            result.AddError($"{option} is '{wrong}'; allowed are finite numbers and fractions such as 1/255, with INPUT= before them or not.");
        }

        return texts;
    }

    /// <summary>A number, or one divided by another; null if it is none.</summary>
    private static double? Number(string text)
    {
        double[] parts = [.. text.Split('/').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        double number = parts.Length switch { 1 => parts[0], 2 => parts[0] / parts[1], _ => double.NaN };
        return double.IsFinite(number) ? number : null;
    }

    private static DataType? ParseType(ArgumentResult result)
    {
        DataType[] types = [.. Enum.GetValues<DataType>().Where(type => type.Bytes() > 0)];
        string text = result.Tokens[0].Value;
        DataType[] named = [.. types.Where(type => type.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))];
        if (named.Length == 0)
        {
            result.AddError($"--data-type is '{text}'; allowed are {string.Join(", ", types.Select(type => type.ToString().ToLowerInvariant()))}.");
            return null;
        }

        return named[0];
    }
}
