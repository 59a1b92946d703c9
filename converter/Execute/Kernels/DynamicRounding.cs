using System.Numerics.Tensors;
using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// Moves the numbers of output 0 to the nearest ones that 8 bits hold with the scale of the range that they take, and writes that scale to
/// output 1. The numbers stay real: their tensor has no quantization that says what integers would mean.
/// </summary>
internal sealed class DynamicRounding(KernelContext context, bool symmetric)
{
    private readonly int _data = context.Output();
    private readonly int _scale = context.Output(1);

    public void Run(FloatWorkspace workspace)
    {
        float[] data = workspace[_data];
        double smallest = Finite(TensorPrimitives.Min<float>(data));
        double largest = Finite(TensorPrimitives.Max<float>(data));
        DynamicScale found = symmetric ? DynamicScale.OfMagnitude(Math.Max(-smallest, largest)) : DynamicScale.OfRange(smallest, largest);
        Grid.Of((float)found.Step, sbyte.MinValue - found.ZeroPoint, sbyte.MaxValue - found.ZeroPoint).Round(data);
        float[] scale = workspace[_scale];
        (scale[0], scale[1], scale[2]) = (found.Multiplier, found.Shift, found.ZeroPoint);
    }

    private static double Finite(float value)
    {
        return float.IsNaN(value) ? 0 : Math.Clamp(value, float.MinValue, float.MaxValue);
    }
}
