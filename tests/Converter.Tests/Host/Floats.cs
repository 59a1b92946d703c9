using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Tests.Host;

/// <summary>Numbers as the bytes that they have in memory, and back.</summary>
internal static class Floats
{
    public static byte[] Bytes(params float[] values)
    {
        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    public static float[] Of(ReadOnlySpan<byte> bytes)
    {
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
