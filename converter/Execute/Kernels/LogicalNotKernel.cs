namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>1 where the input is 0, else 0.</summary>
internal sealed class LogicalNotKernel(KernelContext context) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> x = workspace[_input];
        Span<float> y = workspace[_output];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] == 0 ? 1 : 0;
        }
    }
}
