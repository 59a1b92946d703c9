using EdgeQuant.Converter.Execute.Shapes;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Data with a box of it replaced, which is moved back where it would reach beyond the data.</summary>
internal sealed class DynamicUpdateSliceKernel(KernelContext context) : FloatKernel
{
    private readonly int _data = context.Input(0);
    private readonly int _update = context.Input(1);
    private readonly int _begin = context.Input(2);
    private readonly int _output = context.Output();
    private readonly int[] _shape = context.Node.Input(0).Shape;
    private readonly int[] _box = context.Node.Input(1).Shape;

    public override void Run(FloatWorkspace workspace)
    {
        float[] output = workspace[_output];
        workspace[_data].CopyTo(output, 0);
        BoxRows rows = BoxRows.Of(_shape, _box, workspace[_begin]);
        for (int row = 0; row < rows.Starts.Length; row++)
        {
            Array.Copy(workspace[_update], row * rows.Length, output, rows.Starts[row], rows.Length);
        }
    }
}
