namespace EdgeQuant.Converter.Data;

/// <summary>Files that hold the same inputs, one after another.</summary>
/// <param name="files">The files, at least one.</param>
/// <param name="inputs">The inputs that they hold, by their position among the network's.</param>
/// <param name="all">The network's inputs.</param>
/// <param name="options">How they are read.</param>
internal sealed class RecordChain(IReadOnlyList<SampleFile> files, int[] inputs, IReadOnlyList<SampleInput> all, SampleOptions options) : IDisposable
{
    private readonly SampleInput[] _inputs = [.. inputs.Select(input => all[input])];
    private readonly double[][] _raw = [.. inputs.Select(input => new double[all[input].ElementCount])];
    private RecordSource? _source;
    private ValueConversion[] _conversions = [];
    private int _opened;
    private long _readBefore;
    private long? _countBefore = 0;

    /// <summary>The files, for messages.</summary>
    public string Name => string.Join(" and ", files.Select(file => file.Path).Distinct(StringComparer.Ordinal));

    /// <summary>How many records were read.</summary>
    public long Read { get; private set; }

    /// <summary>How many records there are in all; null if that is not known before they are read.</summary>
    public long? Count => _opened == files.Count && _countBefore is long before && _source is not null ? before + _source.Count : null;

    /// <summary>The class of the record that was read last; null if the files do not say.</summary>
    public RawLabel? Label { get; private set; }

    /// <summary>The file of the record that was read last.</summary>
    public string File { get; private set; } = "";

    /// <summary>Where in the file the record lies that was read last, for messages.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Reads the next record.</summary>
    /// <param name="record">Gets the values of the inputs that the files hold, at the positions of the network's inputs.</param>
    /// <returns>False if there is none left.</returns>
    public bool TryRead(float[][] record)
    {
        while (_source is not null || _opened < files.Count)
        {
            _source ??= Open();
            if (_source.Read(_raw))
            {
                Take(record, _source);
                return true;
            }

            _readBefore = Read;
            if (_opened == files.Count)
            {
                return false;
            }

            _countBefore = Read;
            _source.Finish();
            _source.Dispose();
            _source = null;
        }

        return false;
    }

    /// <summary>Checks what can only be seen when no more records are read.</summary>
    public void Finish()
    {
        _source?.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source?.Dispose();
    }

    private RecordSource Open()
    {
        RecordSource source = RecordSources.Open(files[_opened], _inputs, options);
        _conversions = [.. _inputs.Select((input, i) => ValueConversion.Of(input, source.TypeOf(i), options.ScaleOf(input.Name)))];
        _opened++;
        return source;
    }

    private void Take(float[][] record, RecordSource source)
    {
        File = source.Name;
        Place = source.Place is string place ? $"{place} (record {Read - _readBefore})" : $"record {Read - _readBefore}";
        Label = files[_opened - 1].Class is int known ? new RawLabel(known) : source.Label;
        for (int i = 0; i < _inputs.Length; i++)
        {
            record[inputs[i]] = _conversions[i].Convert(_raw[i], source.Name, Place);
        }

        Read++;
    }
}
