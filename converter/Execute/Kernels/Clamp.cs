using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Activations that are fused into an operation.</summary>
internal static class Clamp
{
    /// <summary>Applies an activation in place.</summary>
    public static void Run(Activation activation, Span<float> values)
    {
        switch (activation)
        {
            case Activation.Relu: TensorPrimitives.Max(values, 0, values); break;
            case Activation.Relu6: TensorPrimitives.Clamp(values, 0, 6, values); break;
            case Activation.ReluN1To1: TensorPrimitives.Clamp(values, -1, 1, values); break;
        }
    }
}
