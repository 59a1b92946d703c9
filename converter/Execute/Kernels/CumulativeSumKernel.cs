using EdgeQuant.Converter.Execute.Shapes;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Running sums along an axis.</summary>
internal sealed class CumulativeSumKernel : FloatKernel
{
    private readonly CumulativeSum _operation;
    private readonly AxisLoops _loops;
    private readonly float _start;
    private readonly int _input;
    private readonly int _output;

    private CumulativeSumKernel(KernelContext context, CumulativeSum operation, AxisLoops loops)
    {
        _operation = operation;
        _loops = loops;
        _start = IntegerZero.Of(context.Node.Input(0));
        (_input, _output) = (context.Input(0), context.Output());
    }

    public static FloatKernel? Of(KernelContext context, CumulativeSum operation)
    {
        return AxisOperand.Of(context, 1) is AxisLoops loops ? new CumulativeSumKernel(context, operation, loops) : null;
    }

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> input = workspace[_input];
        Span<float> output = workspace[_output];
        for (int i = 0; i < _loops.Outer * _loops.Inner; i++)
        {
            int first = (i / _loops.Inner * _loops.Size * _loops.Inner) + (i % _loops.Inner);
            float sum = _start;
            for (int step = 0; step < _loops.Size; step++)
            {
                int at = first + ((_operation.Reverse ? _loops.Size - 1 - step : step) * _loops.Inner);
                float before = sum;
                sum += input[at];
                output[at] = _operation.Exclusive ? before : sum;
            }
        }
    }
}
