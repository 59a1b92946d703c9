using System.Runtime.InteropServices;
using System.Text;

namespace EdgeQuant.Tool.Tests;

/// <summary>Arrays as NumPy saves them.</summary>
internal static class NumPyFile
{
    public static byte[] Of(float[] values, params int[] shape)
    {
        return Of("<f4", MemoryMarshal.AsBytes(values.AsSpan()), shape);
    }

    public static byte[] Of(int[] values, params int[] shape)
    {
        return Of("<i4", MemoryMarshal.AsBytes(values.AsSpan()), shape);
    }

    private static byte[] Of(string type, ReadOnlySpan<byte> values, int[] shape)
    {
        const int Alignment = 64;
        const int Start = 10;
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = ((Start + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - Start;
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"), .. values];
    }
}
