using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>x over the root of the sum of squares along the last axis, which counts as 1e-6 at least (as in TensorFlow Lite).</summary>
internal sealed class L2NormalizationKernel(KernelContext context) : FloatKernel
{
    private const float Smallest = 1e-6f;

    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();
    private readonly int _columns = context.Node.Input(0).Shape[^1];

    public override void Run(FloatWorkspace workspace)
    {
        for (int start = 0; start < workspace[_input].Length; start += _columns)
        {
            ReadOnlySpan<float> x = workspace[_input].AsSpan(start, _columns);
            TensorPrimitives.Divide(x, Math.Max(TensorPrimitives.Norm(x), Smallest), workspace[_output].AsSpan(start, _columns));
        }
    }
}
