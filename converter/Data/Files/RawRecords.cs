using EdgeQuant.Converter.Data.Arrays;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Files;

/// <summary>Records without a header: the numbers of all inputs, record after record, little endian.</summary>
internal sealed class RawRecords : RecordSource
{
    private readonly DataStream _data;
    private readonly NumberFormat[] _formats;
    private readonly byte[][] _bytes;
    private readonly string _form;
    private readonly long _recordBytes;
    private long _read;

    /// <param name="data">The file.</param>
    /// <param name="inputs">The inputs of a record, in their order.</param>
    /// <param name="type">The type of all numbers; null for each input's own.</param>
    public RawRecords(DataStream data, IReadOnlyList<SampleInput> inputs, DataType? type)
    {
        _data = data;
        _formats = [.. inputs.Select(input => new NumberFormat(type ?? input.Type))];
        _bytes = [.. inputs.Select((input, i) => new byte[checked(input.ElementCount * SizeOf(_formats[i], input))])];
        _recordBytes = _bytes.Sum(bytes => (long)bytes.Length);
        _form = string.Join(" and ", inputs.Select((input, i) => $"{input.ElementCount} numbers {_formats[i]} for {input}"));
        if (data.KnownLength is long length && length % _recordBytes != 0)
        {
            throw new DataException(data.Name, "the length of the file", $"{length} bytes", $"a multiple of {_recordBytes} bytes, a record's: {_form}");
        }
    }

    /// <inheritdoc/>
    public override string Name => _data.Name;

    /// <inheritdoc/>
    public override long? Count => _data.KnownLength / _recordBytes;

    /// <inheritdoc/>
    public override DataType? TypeOf(int input)
    {
        return _formats[input].Type;
    }

    /// <inheritdoc/>
    public override bool Read(double[][] record)
    {
        for (int i = 0; i < _bytes.Length; i++)
        {
            int filled = _data.Fill(_bytes[i]);
            if (i == 0 && filled == 0 && _bytes[0].Length > 0)
            {
                return false;
            }

            if (filled < _bytes[i].Length)
            {
                throw new DataException(Name, $"the length of record {_read}", "too short", $"{_recordBytes} bytes: {_form}", "The file was cut short, or holds other records.");
            }

            _formats[i].Decode(_bytes[i], record[i]);
        }

        _read++;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _data.Dispose();
    }

    private int SizeOf(NumberFormat format, SampleInput input)
    {
        return format.Size > 0 ? format.Size : throw new DataException(Name, $"the type of {input}", $"{format}", NumberFormat.Types);
    }
}
