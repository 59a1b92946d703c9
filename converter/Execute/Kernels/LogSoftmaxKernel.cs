using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The logarithm of softmax along the last axis.</summary>
internal sealed class LogSoftmaxKernel(KernelContext context) : FloatKernel
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
            float largest = TensorPrimitives.Max(x);
            TensorPrimitives.Subtract(x, largest, y);
            TensorPrimitives.Exp(y, y);
            float logarithm = MathF.Log(TensorPrimitives.Sum(y));
            TensorPrimitives.Subtract(x, largest, y);
            TensorPrimitives.Subtract(y, logarithm, y);
        }
    }
}
