using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Constant int32 values of an operator, read in place from the model file; <c>default</c> is none.</summary>
internal readonly struct Int32ParameterData
{
    private readonly sbyte[]? _file;
    private readonly int _offset;

    private Int32ParameterData(sbyte[] file, int offset, int count)
    {
        _file = file;
        _offset = offset;
        Count = count;
    }

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>The values.</summary>
    public Int32Parameters Vector => MemoryMarshal.Cast<sbyte, int>(new ReadOnlySpan<sbyte>(_file, _offset, Count * sizeof(int)));

    /// <summary>Some of the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Int32ParameterData Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - first);
        return new Int32ParameterData(_file!, _offset + (first * sizeof(int)), count);
    }

    /// <summary>Names <paramref name="count"/> little-endian values from byte <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not lie inside the file.</exception>
    public static Int32ParameterData FromFile(sbyte[] file, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (file.Length - offset) / sizeof(int));
        return new Int32ParameterData(file, offset, count);
    }
}
