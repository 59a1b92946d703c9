using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Activations;

/// <summary>The range of a constant's elements.</summary>
internal static class ConstantRange
{
    /// <summary>What lies beyond stands for infinity, the start of a maximum say, and is held at the end of whatever range there is.</summary>
    private const float Unbounded = 1e30f;

    /// <summary>The smallest and the largest element that is a finite number; 0 to 0 if there is none.</summary>
    public static TensorRange Of(Tensor constant)
    {
        float[] values = [.. (ConstantValues.Of(constant) ?? []).Where(value => MathF.Abs(value) < Unbounded)];
        return values.Length == 0 ? new TensorRange(0, 0) : new TensorRange(values.Min(), values.Max());
    }
}
