using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Integers to real numbers: the difference to the zero point, times the scale in single precision.</summary>
internal static class DequantizeKernel
{
    public static void Run(ReadOnlySpan<byte> input, HostTensor source, Span<byte> output)
    {
        Span<float> results = MemoryMarshal.Cast<byte, float>(output);
        float scale = source.Scale!.Value;
        int zeroPoint = source.ZeroPoint ?? 0;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = scale * unchecked((int)Elements.Read(input, source.Type, i) - zeroPoint);
        }
    }
}
