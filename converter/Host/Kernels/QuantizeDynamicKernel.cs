using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Real numbers to 8-bit integers whose scale and zero point are those of the range that the numbers take, 0 included.</summary>
internal static class QuantizeDynamicKernel
{
    public static void Run(ReadOnlySpan<byte> input, Span<byte> output, Span<byte> scale)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(input);
        double smallest = 0;
        double largest = 0;
        foreach (float value in values)
        {
            smallest = Math.Min(smallest, Finite(value));
            largest = Math.Max(largest, Finite(value));
        }

        DynamicScale found = DynamicScale.OfRange(smallest, largest);
        double step = found.Step;
        for (int i = 0; i < values.Length; i++)
        {
            double rounded = Math.Round(Finite(values[i]) / step, MidpointRounding.AwayFromZero) + found.ZeroPoint;
            output[i] = unchecked((byte)(sbyte)Math.Clamp(rounded, sbyte.MinValue, sbyte.MaxValue));
        }

        found.Write(scale);
    }

    private static double Finite(float value)
    {
        return float.IsNaN(value) ? 0 : Math.Clamp(value, float.MinValue, float.MaxValue);
    }
}
