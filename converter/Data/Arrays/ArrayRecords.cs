using EdgeQuant.Converter.Data.Files;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Records along the first axis of an array in a file.</summary>
/// <param name="data">The file, after its header.</param>
/// <param name="header">What its header says.</param>
/// <param name="input">What a record has to be.</param>
internal abstract class ArrayRecords(DataStream data, ArrayHeader header, SampleInput input) : RecordSource
{
    private readonly long _records = ArrayFit.Records(data.Name, header, input);
    private long _read;

    /// <inheritdoc/>
    public sealed override string Name => data.Name;

    /// <inheritdoc/>
    public sealed override long? Count => _records;

    /// <inheritdoc/>
    public sealed override DataType? TypeOf(int input)
    {
        return header.Format.Type;
    }

    /// <inheritdoc/>
    public sealed override bool Read(double[][] record)
    {
        if (_read == _records)
        {
            ReadEnd();
            return false;
        }

        Read(_read, record[0]);
        _read++;
        return true;
    }

    /// <summary>Reads one record; they are asked for in order.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="values">As many as the input has elements.</param>
    protected abstract void Read(long index, double[] values);

    /// <summary>Makes sure that nothing follows the last record.</summary>
    protected abstract void ReadEnd();

    /// <inheritdoc/>
    protected sealed override void Dispose(bool disposing)
    {
        data.Dispose();
    }
}
