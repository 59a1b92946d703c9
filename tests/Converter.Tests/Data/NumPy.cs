using System.Runtime.InteropServices;
using System.Text;

namespace EdgeQuant.Converter.Tests.Data;

/// <summary>Array files as NumPy writes them.</summary>
internal static class NumPy
{
    private const int Alignment = 64;

    /// <summary>The bytes of an array file, version 1.</summary>
    /// <param name="type">The name of its type: <c>&lt;f4</c> say.</param>
    /// <param name="shape">The sizes as Python writes them: <c>(2, 3)</c> say.</param>
    /// <param name="data">The numbers.</param>
    /// <param name="columnMajor">True for Fortran order.</param>
    public static byte[] File(string type, string shape, ReadOnlySpan<byte> data, bool columnMajor = false)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {(columnMajor ? "True" : "False")}, 'shape': {shape}, }}";
        int length = ((10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - 10;
        byte[] text = Encoding.Latin1.GetBytes(header.PadRight(length - 1) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. text, .. data];
    }

    /// <summary>An array file of numbers.</summary>
    public static byte[] File<T>(string type, string shape, T[] numbers, bool columnMajor = false)
        where T : unmanaged
    {
        return File(type, shape, MemoryMarshal.AsBytes(numbers.AsSpan()), columnMajor);
    }

    /// <summary>An array file of records of numbers that count up from 0.</summary>
    public static byte[] Counting(int records, params int[] shape)
    {
        int count = records * shape.Aggregate(1, (product, size) => product * size);
        return File("<f4", $"({records}, {string.Join(", ", shape)})", Enumerable.Range(0, count).Select(i => (float)i).ToArray());
    }
}
