using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>The integers that an output is clamped to: its type's range, narrowed by a fused activation.</summary>
internal readonly record struct OutputRange(int Minimum, int Maximum)
{
    /// <summary>The range of a tensor with a fused activation (TensorFlow Lite's CalculateActivationRangeQuantized).</summary>
    public static OutputRange Of(Tensor output, Activation activation)
    {
        (int lowest, int highest) = output.Type switch
        {
            DataType.UInt8 => (0, 255),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            _ => (sbyte.MinValue, sbyte.MaxValue),
        };
        Quantization? quantization = output.Quantization;
        if (activation == Activation.None || quantization is null)
        {
            return new OutputRange(lowest, highest);
        }

        int Quantize(float value)
        {
            double rounded = MathF.Round(value / quantization.Scale, MidpointRounding.AwayFromZero);
            return (int)Math.Clamp(quantization.ZeroPoint + rounded, int.MinValue, int.MaxValue);
        }

        int minimum = Math.Max(lowest, Quantize(activation == Activation.ReluN1To1 ? -1 : 0));
        int maximum = activation switch
        {
            Activation.Relu6 => Math.Min(highest, Quantize(6)),
            Activation.ReluN1To1 => Math.Min(highest, Quantize(1)),
            _ => highest,
        };
        return new OutputRange(Math.Min(minimum, highest), Math.Max(maximum, lowest));
    }
}
