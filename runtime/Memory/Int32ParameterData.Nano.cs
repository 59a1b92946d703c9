using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Constant int32 values of an operator, in an array of their own; <c>default</c> is none.</summary>
internal readonly struct Int32ParameterData
{
    private static readonly int[] s_none = new int[0];

    private readonly int[]? _values;

    private Int32ParameterData(int[] values) => _values = values;

    /// <summary>Number of values.</summary>
    public int Count => _values == null ? 0 : _values.Length;

    /// <summary>The values.</summary>
    public Int32Parameters Vector => _values ?? s_none;

    /// <summary>Decodes <paramref name="count"/> little-endian values from <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not lie inside <paramref name="bytes"/>.</exception>
    public static Int32ParameterData FromBytes(byte[] bytes, int offset, int count)
    {
        // By division, because count * 4 may overflow.
        VectorRange.Check(0, count, (bytes.Length - offset) / 4);
        VectorRange.Check(offset, count * 4, bytes.Length);
        int[] values = new int[count];
        for (int index = 0; index < count; index++)
        {
            int position = offset + (index * 4);
            values[index] = bytes[position] | (bytes[position + 1] << 8) | (bytes[position + 2] << 16) | (bytes[position + 3] << 24);
        }

        return new Int32ParameterData(values);
    }
}
