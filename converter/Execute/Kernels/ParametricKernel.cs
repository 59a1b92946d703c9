using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A function with constants applied to every element.</summary>
internal sealed class ParametricKernel(KernelContext context, Parametric operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> x = workspace[_input];
        Span<float> y = workspace[_output];
        switch (operation.Function)
        {
            case ParametricFunction.Clip:
                TensorPrimitives.Max(x, operation.A, y);
                TensorPrimitives.Min(y, operation.B, y);
                break;
            case ParametricFunction.HardSigmoid:
                TensorPrimitives.Multiply(x, operation.A, y);
                TensorPrimitives.Add(y, operation.B, y);
                TensorPrimitives.Clamp(y, 0, 1, y);
                break;
            default:
                Each(x, y, RealFunctions.Of(operation));
                break;
        }
    }

    private static void Each(ReadOnlySpan<float> x, Span<float> y, Func<float, float> function)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = function(x[i]);
        }
    }
}
