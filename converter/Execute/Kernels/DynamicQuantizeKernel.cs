namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The numbers rounded to 8 bits over the range that they take in each record.</summary>
internal sealed class DynamicQuantizeKernel(KernelContext context) : FloatKernel
{
    private readonly DynamicRounding _rounding = new(context, symmetric: false);
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        workspace[_input].CopyTo(workspace[_output], 0);
        _rounding.Run(workspace);
    }
}
