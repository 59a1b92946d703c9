using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Constant int64 values of an operator, in an array of their own; <c>default</c> is none.</summary>
internal readonly struct Int64ParameterData
{
    private static readonly long[] s_none = new long[0];

    private readonly long[]? _values;

    private Int64ParameterData(long[] values) => _values = values;

    /// <summary>Number of values.</summary>
    public int Count => _values == null ? 0 : _values.Length;

    /// <summary>The values.</summary>
    public Int64Parameters Vector => _values ?? s_none;

    /// <summary>Decodes <paramref name="count"/> little-endian values from <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not lie inside <paramref name="bytes"/>.</exception>
    public static Int64ParameterData FromBytes(byte[] bytes, int offset, int count)
    {
        // By division, because count * 8 may overflow.
        VectorRange.Check(0, count, (bytes.Length - offset) / 8);
        VectorRange.Check(offset, count * 8, bytes.Length);
        long[] values = new long[count];
        for (int index = 0; index < count; index++)
        {
            int position = offset + (index * 8);
            uint low = (uint)(bytes[position] | (bytes[position + 1] << 8) | (bytes[position + 2] << 16) | (bytes[position + 3] << 24));
            int high = bytes[position + 4] | (bytes[position + 5] << 8) | (bytes[position + 6] << 16) | (bytes[position + 7] << 24);
            values[index] = ((long)high << 32) | low;
        }

        return new Int64ParameterData(values);
    }
}
