using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>x, or alpha x where x is negative.</summary>
internal sealed class LeakyReluKernel(KernelContext context, LeakyRelu operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> x = workspace[_input];
        Span<float> y = workspace[_output];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] < 0 ? operation.Alpha * x[i] : x[i];
        }
    }
}
