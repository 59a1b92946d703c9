using EdgeQuant.Converter.Execute.Shapes;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The index of the largest or smallest element along an axis, the first of equal ones.</summary>
internal sealed class ArgExtremeKernel : FloatKernel
{
    private readonly AxisLoops _loops;
    private readonly bool _smallest;
    private readonly int _input;
    private readonly int _output;

    private ArgExtremeKernel(KernelContext context, AxisLoops loops, bool smallest)
    {
        _loops = loops;
        _smallest = smallest;
        (_input, _output) = (context.Input(0), context.Output());
    }

    public static FloatKernel? Of(KernelContext context, bool smallest)
    {
        return AxisOperand.Of(context, 1) is AxisLoops loops ? new ArgExtremeKernel(context, loops, smallest) : null;
    }

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> input = workspace[_input];
        float[] output = workspace[_output];
        for (int i = 0; i < output.Length; i++)
        {
            int first = (i / _loops.Inner * _loops.Size * _loops.Inner) + (i % _loops.Inner);
            int best = 0;
            for (int at = 1; at < _loops.Size; at++)
            {
                float value = input[first + (at * _loops.Inner)];
                float so = input[first + (best * _loops.Inner)];
                best = (_smallest ? value < so : value > so) ? at : best;
            }

            output[i] = best;
        }
    }
}
