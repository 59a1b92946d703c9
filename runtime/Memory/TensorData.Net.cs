using System.Runtime.InteropServices;

namespace EdgeQuant.Runtime.Memory;

internal readonly partial struct TensorData
{
    /// <summary>The bytes as int8 elements.</summary>
    public Int8Vector Int8() => new(Array, Offset, Length);

    /// <summary>The bytes as int16 elements; <see cref="Length"/> is a multiple of 2.</summary>
    public Int16Vector Int16() => MemoryMarshal.Cast<sbyte, short>(Int8());

    /// <summary>The bytes as int32 elements; <see cref="Length"/> is a multiple of 4.</summary>
    public Int32Vector Int32() => MemoryMarshal.Cast<sbyte, int>(Int8());

    /// <summary>The <paramref name="byteLength"/> bytes from <paramref name="byteStart"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice does not lie inside.</exception>
    public TensorData Slice(int byteStart, int byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteStart);
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteLength, Length - byteStart);
        return new TensorData(Array, Offset + byteStart, byteLength);
    }
}
