using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Constant int16 values of an operator, in an array of their own; <c>default</c> is none.</summary>
internal readonly struct Int16ParameterData
{
    private static readonly short[] s_none = new short[0];

    private readonly short[]? _values;

    private Int16ParameterData(short[] values) => _values = values;

    /// <summary>Number of values.</summary>
    public int Count => _values == null ? 0 : _values.Length;

    /// <summary>The values.</summary>
    public Int16Parameters Vector => _values ?? s_none;

    /// <summary>Decodes <paramref name="count"/> little-endian values from <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not lie inside <paramref name="bytes"/>.</exception>
    public static Int16ParameterData FromBytes(byte[] bytes, int offset, int count)
    {
        // By division, because count * 2 may overflow.
        VectorRange.Check(0, count, (bytes.Length - offset) / 2);
        VectorRange.Check(offset, count * 2, bytes.Length);
        short[] values = new short[count];
        for (int index = 0; index < count; index++)
        {
            int position = offset + (index * 2);
            values[index] = (short)(bytes[position] | (bytes[position + 1] << 8));
        }

        return new Int16ParameterData(values);
    }
}
