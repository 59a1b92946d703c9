using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>exp(beta x) over its sum along the last axis, the largest element taken off first.</summary>
internal sealed class SoftmaxKernel(KernelContext context, Softmax operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();
    private readonly int _columns = context.Node.Input(0).Shape[^1];

    public override void Run(FloatWorkspace workspace)
    {
        for (int start = 0; start < workspace[_input].Length; start += _columns)
        {
            ReadOnlySpan<float> x = workspace[_input].AsSpan(start, _columns);
            Span<float> y = workspace[_output].AsSpan(start, _columns);
            TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
            TensorPrimitives.Multiply(y, operation.Beta, y);
            TensorPrimitives.Exp(y, y);
            TensorPrimitives.Divide(y, TensorPrimitives.Sum(y), y);
        }
    }
}
