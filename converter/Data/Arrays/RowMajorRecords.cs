using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Records along the first axis of a row-major array: they lie one behind the other.</summary>
/// <param name="data">The file, after its header.</param>
/// <param name="header">What its header says.</param>
/// <param name="input">What a record has to be.</param>
internal sealed class RowMajorRecords(DataStream data, ArrayHeader header, SampleInput input) : ArrayRecords(data, header, input)
{
    private readonly DataStream _data = data;
    private readonly ArrayHeader _header = header;
    private readonly byte[] _bytes = new byte[checked(input.ElementCount * header.Format.Size)];

    /// <inheritdoc/>
    protected override void Read(long index, double[] values)
    {
        int filled = _data.Fill(_bytes);
        if (filled < _bytes.Length)
        {
            throw new DataException(
                Name, "the number of whole records", $"{index}", $"{Count}, as its header says ({_header})", "The file was cut short, or its header is damaged.");
        }

        _header.Format.Decode(_bytes, values);
    }

    /// <inheritdoc/>
    protected override void ReadEnd()
    {
        _data.RequireEnd();
    }
}
