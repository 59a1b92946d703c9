using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>Output parameters that the device prescribes, as TensorFlow Lite does: those of functions whose range is known.</summary>
internal static class FixedParameters
{
    /// <summary>From 0 to 1.</summary>
    public static Quantization Unsigned(DataType type)
    {
        return type == DataType.Int16 ? Quantization.PerTensor(1f / 32768, 0) : Quantization.PerTensor(1f / 256, sbyte.MinValue);
    }

    /// <summary>From -1 to 1.</summary>
    public static Quantization Signed(DataType type)
    {
        return Quantization.PerTensor(type == DataType.Int16 ? 1f / 32768 : 1f / 128, 0);
    }

    /// <summary>Logarithms of probabilities, from -16 to 0.</summary>
    public static Quantization LogSoftmax(DataType type)
    {
        return type == DataType.Int16 ? Quantization.PerTensor(1f / 2048, 0) : Quantization.PerTensor(1f / 16, sbyte.MaxValue);
    }
}
