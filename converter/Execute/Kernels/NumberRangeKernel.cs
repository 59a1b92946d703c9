namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Numbers from a start on, a step apart.</summary>
internal sealed class NumberRangeKernel(KernelContext context) : FloatKernel
{
    private readonly int _start = context.Input(0);
    private readonly int _step = context.Input(2);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        float[] output = workspace[_output];
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = workspace[_start][0] + (i * workspace[_step][0]);
        }
    }
}
