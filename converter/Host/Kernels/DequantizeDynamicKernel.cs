using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>8-bit integers to real numbers: the difference to the zero point, times the scale in single precision, both found at run time.</summary>
internal static class DequantizeDynamicKernel
{
    public static void Run(ReadOnlySpan<byte> input, ReadOnlySpan<byte> scale, Span<byte> output)
    {
        Span<float> results = MemoryMarshal.Cast<byte, float>(output);
        DynamicScale found = DynamicScale.Read(scale);
        float step = (float)found.Step;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = step * unchecked((sbyte)input[i] - found.ZeroPoint);
        }
    }
}
