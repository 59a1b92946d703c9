using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Softmax and its logarithm over the last axis, each sum in single precision and in the order of the elements.</summary>
internal static class SoftmaxKernel
{
    /// <summary>exp(beta x) over its sum.</summary>
    public static void Softmax(ReadOnlySpan<byte> input, Span<byte> output, int depth, float beta)
    {
        for (int start = 0; start < input.Length; start += depth * sizeof(float))
        {
            ReadOnlySpan<float> row = Row(input, start, depth);
            Span<float> result = MemoryMarshal.Cast<byte, float>(output.Slice(start, depth * sizeof(float)));
            float maximum = Maximum(row);
            float sum = 0;
            for (int i = 0; i < depth; i++)
            {
                result[i] = MathF.Exp((row[i] - maximum) * beta);
                sum += result[i];
            }

            for (int i = 0; i < depth; i++)
            {
                result[i] /= sum;
            }
        }
    }

    /// <summary>The logarithm of softmax: x - the maximum - the logarithm of the sum.</summary>
    public static void LogSoftmax(ReadOnlySpan<byte> input, Span<byte> output, int depth)
    {
        for (int start = 0; start < input.Length; start += depth * sizeof(float))
        {
            ReadOnlySpan<float> row = Row(input, start, depth);
            Span<float> result = MemoryMarshal.Cast<byte, float>(output.Slice(start, depth * sizeof(float)));
            float maximum = Maximum(row);
            float sum = 0;
            for (int i = 0; i < depth; i++)
            {
                sum += MathF.Exp(row[i] - maximum);
            }

            float logarithm = MathF.Log(sum);
            for (int i = 0; i < depth; i++)
            {
                result[i] = row[i] - maximum - logarithm;
            }
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<byte> tensor, int start, int depth)
    {
        return MemoryMarshal.Cast<byte, float>(tensor.Slice(start, depth * sizeof(float)));
    }

    /// <summary>The largest element, NaN left out: what a chain of comparisons gives.</summary>
    private static float Maximum(ReadOnlySpan<float> row)
    {
        float maximum = float.MinValue;
        foreach (float value in row)
        {
            maximum = maximum < value ? value : maximum;
        }

        return maximum;
    }
}
