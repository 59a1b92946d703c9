namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The same numbers: quantization and dequantization, which the grid of the output does.</summary>
internal sealed class CopyKernel(KernelContext context) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        workspace[_input].CopyTo(workspace[_output], 0);
    }
}
