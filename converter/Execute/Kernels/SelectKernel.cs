using EdgeQuant.Converter.Execute.Shapes;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Elements of one tensor where a condition holds and of another where not.</summary>
internal sealed class SelectKernel : FloatKernel
{
    private readonly BroadcastRows _rows;
    private readonly int _condition;
    private readonly int _then;
    private readonly int _otherwise;
    private readonly int _output;

    public SelectKernel(KernelContext context, Select operation)
    {
        int[] condition = context.Node.Input(0).Shape;
        int[] output = context.Node.Output().Shape;
        int[] aligned = operation.AlongFirstAxis && condition.Length == 1 && output.Length > 1 ? [condition[0], .. Enumerable.Repeat(1, output.Length - 1)] : condition;
        _rows = BroadcastRows.Of(output, aligned, context.Node.Input(1).Shape, context.Node.Input(2).Shape);
        (_condition, _then, _otherwise, _output) = (context.Input(0), context.Input(1), context.Input(2), context.Output());
    }

    public override void Run(FloatWorkspace workspace)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            ReadOnlySpan<float> condition = _rows.Input(0, row, workspace[_condition]);
            ReadOnlySpan<float> then = _rows.Input(1, row, workspace[_then]);
            ReadOnlySpan<float> otherwise = _rows.Input(2, row, workspace[_otherwise]);
            Span<float> output = _rows.Output(row, workspace[_output]);
            for (int i = 0; i < output.Length; i++)
            {
                ReadOnlySpan<float> chosen = (condition.Length == 1 ? condition[0] : condition[i]) != 0 ? then : otherwise;
                output[i] = chosen.Length == 1 ? chosen[0] : chosen[i];
            }
        }
    }
}
