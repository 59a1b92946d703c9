using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Records in a file of several NumPy arrays: an array for each input, and one for the classes.</summary>
internal sealed class NpzFile : RecordSource
{
    private const string Extension = ".npy";
    private static readonly string[] LabelNames = ["labels", "label", "y"];
    private static readonly SampleInput LabelInput = new("labels", DataType.Int64, [1]);

    private readonly RecordSource[] _inputs;
    private readonly RecordSource? _labels;
    private readonly double[][] _part = new double[1][];
    private readonly double[][] _label = [[0]];

    private NpzFile(string name, RecordSource[] inputs, RecordSource? labels)
    {
        Name = name;
        _inputs = inputs;
        _labels = labels;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long? Count => _inputs[0].Count;

    /// <inheritdoc/>
    public override RawLabel? Label => _labels is null ? null : new RawLabel(_label[0][0]);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="array">The array to read; null to find it by the names of the inputs.</param>
    /// <param name="inputs">The inputs that records are read for.</param>
    public static NpzFile Open(string path, string? array, IReadOnlyList<SampleInput> inputs)
    {
        string[] entries = [.. DataStream.EntriesOf(path).Where(entry => entry.EndsWith(Extension, StringComparison.Ordinal))];
        string? labels = array is null ? LabelNames.Select(name => name + Extension).FirstOrDefault(name => entries.Contains(name) && !inputs.Any(input => input.Name + Extension == name)) : null;
        List<RecordSource> opened = [];
        try
        {
            foreach (SampleInput input in inputs)
            {
                opened.Add(OpenArray(path, EntryOf(path, entries, array, input, inputs.Count, labels), input));
            }

            NpzFile file = new(path, [.. opened], labels is null ? null : OpenArray(path, labels, LabelInput));
            file.RequireEqualCounts(inputs);
            return file;
        }
        catch
        {
            opened.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>Opens one array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="array">The array's name; null for the only one, or that of labels.</param>
    /// <param name="input">What a record has to be.</param>
    public static RecordSource OpenLabels(string path, string? array, SampleInput input)
    {
        string[] entries = [.. DataStream.EntriesOf(path).Where(entry => entry.EndsWith(Extension, StringComparison.Ordinal))];
        string? usual = array is null ? LabelNames.Select(name => name + Extension).FirstOrDefault(name => entries.Contains(name)) : null;
        return OpenArray(path, usual ?? EntryOf(path, entries, array, input, 1, null), input);
    }

    /// <inheritdoc/>
    public override DataType? TypeOf(int input)
    {
        return _inputs[input].TypeOf(0);
    }

    /// <inheritdoc/>
    public override bool Read(double[][] record)
    {
        bool isThere = true;
        for (int i = 0; i < _inputs.Length; i++)
        {
            _part[0] = record[i];
            isThere &= _inputs[i].Read(_part);
        }

        _labels?.Read(_label);
        return isThere;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Array.ForEach(_inputs, source => source.Dispose());
        _labels?.Dispose();
    }

    private static string EntryOf(string path, string[] entries, string? array, SampleInput input, int inputs, string? labels)
    {
        string[] names = [.. entries.Select(entry => entry[..^Extension.Length])];
        string[] others = [.. names.Where(name => name + Extension != labels)];
        string? found = array is not null ? Array.Find(names, name => name == array)
            : Array.Find(others, name => name == input.Name) ?? (inputs == 1 && others.Length == 1 ? others[0] : null);
        if (found is not null)
        {
            return found + Extension;
        }

        string there = names.Length == 0 ? "none" : string.Join(", ", names.Take(24));
        throw array is not null
            ? new DataException(path, "the array", $"'{array}', which is not in the file", there)
            : new DataException(path, $"the array for {input}", $"none of {there}", $"one named '{input.Name}', or a single one", "Say which one: FILE.npz#ARRAY.");
    }

    private static RecordSource OpenArray(string path, string entry, SampleInput input)
    {
        return ArrayFile.OpenNpy(DataStream.OpenEntry(path, entry), input);
    }

    private void RequireEqualCounts(IReadOnlyList<SampleInput> inputs)
    {
        foreach (RecordSource source in _inputs.Skip(1).Concat(_labels is null ? [] : [_labels]))
        {
            if (source.Count != Count)
            {
                throw new DataException(source.Name, "the number of records", $"{source.Count}", $"{Count}, as for {inputs[0]}");
            }
        }
    }
}
