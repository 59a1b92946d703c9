using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>Records along the first axis of a column-major array: their numbers lie everywhere, so that all of it has to be read.</summary>
internal sealed class ColumnMajorRecords : ArrayRecords
{
    private readonly DataStream _data;
    private readonly ArrayHeader _header;
    private readonly long[] _places;
    private byte[]? _bytes;

    /// <param name="data">The file, after its header.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="input">What a record has to be.</param>
    public ColumnMajorRecords(DataStream data, ArrayHeader header, SampleInput input)
        : base(data, header, input)
    {
        _data = data;
        _header = header;
        _places = PlacesOf(header.Shape, Count == 1 && header.ElementCount == input.ElementCount ? 0 : 1, input.ElementCount);
    }

    /// <inheritdoc/>
    protected override void Read(long index, double[] values)
    {
        _bytes ??= ReadAll();
        int size = _header.Format.Size;
        for (int i = 0; i < _places.Length; i++)
        {
            _header.Format.Decode(_bytes.AsSpan((int)((index + _places[i]) * size), size), values.AsSpan(i, 1));
        }
    }

    /// <inheritdoc/>
    protected override void ReadEnd()
    {
        // All was read with the first record.
    }

    /// <summary>Where each number of the first record lies, in row-major order.</summary>
    /// <param name="shape">The array's sizes.</param>
    /// <param name="first">The first axis inside a record.</param>
    /// <param name="elements">The numbers of a record.</param>
    private static long[] PlacesOf(long[] shape, int first, int elements)
    {
        long[] places = new long[elements];
        for (int i = 0; i < elements; i++)
        {
            long rest = i;
            long stride = shape.Aggregate(1L, (product, size) => product * size);
            for (int axis = shape.Length - 1; axis >= first; axis--)
            {
                stride /= shape[axis];
                places[i] += rest % shape[axis] * stride;
                rest /= shape[axis];
            }
        }

        return places;
    }

    /// <summary>Reads all numbers into memory that grows with what the file really holds.</summary>
    private byte[] ReadAll()
    {
        Int128 claimed = _header.ElementCount * _header.Format.Size;
        if (claimed > Array.MaxLength)
        {
            throw new DataException(Name, "the column-major array", $"{claimed} bytes long", $"at most {Array.MaxLength} bytes", "Save it row-major: numpy.ascontiguousarray(array).");
        }

        int length = (int)claimed;
        byte[] bytes = new byte[Math.Min(length, 1 << 20)];
        int filled = _data.Fill(bytes);
        while (filled == bytes.Length && filled < length)
        {
            Array.Resize(ref bytes, (int)Math.Min(2L * filled, length));
            filled += _data.Fill(bytes.AsSpan(filled));
        }

        if (filled < length)
        {
            throw new DataException(Name, "the length of the array", $"{filled} bytes", $"{length} bytes for {_header}", "The file was cut short, or its header is damaged.");
        }

        _data.RequireEnd();
        return bytes;
    }
}
