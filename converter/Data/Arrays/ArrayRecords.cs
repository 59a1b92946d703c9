using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Records along the first axis of a row-major array.</summary>
internal sealed class ArrayRecords : RecordSource
{
    private readonly DataStream _data;
    private readonly ArrayHeader _header;
    private readonly long _records;
    private readonly byte[] _bytes;
    private long _read;

    /// <param name="data">The file, after its header.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="input">What a record has to be.</param>
    public ArrayRecords(DataStream data, ArrayHeader header, SampleInput input)
    {
        _data = data;
        _header = header;
        _records = ArrayFit.Records(data.Name, header, input);
        _bytes = new byte[checked(input.ElementCount * header.Format.Size)];
    }

    /// <inheritdoc/>
    public override string Name => _data.Name;

    /// <inheritdoc/>
    public override long? Count => _records;

    /// <inheritdoc/>
    public override DataType? TypeOf(int input)
    {
        return _header.Format.Type;
    }

    /// <inheritdoc/>
    public override bool Read(double[][] record)
    {
        if (_read == _records)
        {
            _data.RequireEnd();
            return false;
        }

        int filled = _data.Fill(_bytes);
        if (filled < _bytes.Length)
        {
            throw new DataException(
                Name, "the number of whole records", $"{_read}", $"{_records}, as its header says ({_header})", "The file was cut short, or its header is damaged.");
        }

        _header.Format.Decode(_bytes, record[0]);
        _read++;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _data.Dispose();
    }
}
