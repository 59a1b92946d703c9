namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Sizes, which are known before anything runs.</summary>
internal sealed class ShapeKernel(KernelContext context, int[] sizes) : FloatKernel
{
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        Array.ConvertAll(sizes, size => (float)size).CopyTo(workspace[_output], 0);
    }
}
