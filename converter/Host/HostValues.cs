using EdgeQuant.Converter.Host.Kernels;

namespace EdgeQuant.Converter.Host;

/// <summary>Real numbers to and from the bytes of a host's tensor: through its scale and zero point where it has them.</summary>
internal static class HostValues
{
    /// <summary>Writes values, each as the nearest that the tensor can hold.</summary>
    /// <param name="values">A value for each element.</param>
    /// <param name="tensor">What the bytes mean.</param>
    /// <param name="bytes">Room for all elements.</param>
    public static void Write(ReadOnlySpan<float> values, HostTensor tensor, Span<byte> bytes)
    {
        float scale = tensor.Scale ?? 1;
        int zeroPoint = tensor.ZeroPoint ?? 0;
        for (int i = 0; i < values.Length; i++)
        {
            // As TensorFlow Lite quantizes: divided and rounded in single precision.
            double value = tensor.Scale is null ? values[i] : MathF.Round(values[i] / scale, MidpointRounding.AwayFromZero) + (double)zeroPoint;
            Numbers.Write(bytes, tensor.Type, i, value);
        }
    }

    /// <summary>Reads the values.</summary>
    /// <param name="bytes">All elements.</param>
    /// <param name="tensor">What the bytes mean.</param>
    /// <param name="values">Room for a value for each element.</param>
    public static void Read(ReadOnlySpan<byte> bytes, HostTensor tensor, Span<float> values)
    {
        float scale = tensor.Scale ?? 1;
        int zeroPoint = tensor.ZeroPoint ?? 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * (float)(Numbers.Read(bytes, tensor.Type, i) - zeroPoint);
        }
    }
}
