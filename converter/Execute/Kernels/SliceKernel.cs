using EdgeQuant.Converter.Execute.Shapes;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A box of the data whose place is computed.</summary>
internal sealed class SliceKernel(KernelContext context) : FloatKernel
{
    private readonly int _data = context.Input(0);
    private readonly int _begin = context.Input(1);
    private readonly int _output = context.Output();
    private readonly int[] _shape = context.Node.Input(0).Shape;
    private readonly int[] _box = context.Node.Output().Shape;

    public override void Run(FloatWorkspace workspace)
    {
        BoxRows rows = BoxRows.Of(_shape, _box, workspace[_begin]);
        for (int row = 0; row < rows.Starts.Length; row++)
        {
            Array.Copy(workspace[_data], rows.Starts[row], workspace[_output], row * rows.Length, rows.Length);
        }
    }
}
