namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The shape that two shapes broadcast to.</summary>
internal sealed class BroadcastShapesKernel(KernelContext context) : FloatKernel
{
    private readonly int _left = context.Input(0);
    private readonly int _right = context.Input(1);
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        float[] output = workspace[_output];
        for (int i = 1; i <= output.Length; i++)
        {
            float left = SizeFromBack(workspace[_left], i);
            float right = SizeFromBack(workspace[_right], i);
            output[^i] = left == 1 ? right : left;
        }
    }

    private static float SizeFromBack(float[] shape, int position)
    {
        return position <= shape.Length ? shape[^position] : 1;
    }
}
