using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Constant int16 values of an operator, read in place from the model file; <c>default</c> is none.</summary>
internal readonly struct Int16ParameterData
{
    private readonly sbyte[]? _file;
    private readonly int _offset;

    private Int16ParameterData(sbyte[] file, int offset, int count)
    {
        _file = file;
        _offset = offset;
        Count = count;
    }

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>The values.</summary>
    public Int16Parameters Vector => MemoryMarshal.Cast<sbyte, short>(new ReadOnlySpan<sbyte>(_file, _offset, Count * sizeof(short)));

    /// <summary>Names <paramref name="count"/> little-endian values from byte <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values do not lie inside the file.</exception>
    public static Int16ParameterData FromFile(sbyte[] file, int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, (file.Length - offset) / sizeof(short));
        return new Int16ParameterData(file, offset, count);
    }
}
