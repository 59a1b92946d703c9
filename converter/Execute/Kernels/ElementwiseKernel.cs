using EdgeQuant.Converter.Execute.Shapes;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A function of two broadcast tensors that is computed number by number: truth values are 0 and 1.</summary>
internal sealed class ElementwiseKernel : FloatKernel
{
    private readonly Func<float, float, float> _function;
    private readonly BroadcastRows _rows;
    private readonly int _left;
    private readonly int _right;
    private readonly int _output;

    private ElementwiseKernel(KernelContext context, Func<float, float, float> function)
    {
        Node node = context.Node;
        _function = function;
        _rows = BroadcastRows.Of(node.Output().Shape, node.Input(0).Shape, node.Input(1).Shape);
        (_left, _right, _output) = (context.Input(0), context.Input(1), context.Output());
    }

    public static ElementwiseKernel Of(KernelContext context, ComparisonFunction function)
    {
        return new ElementwiseKernel(context, function switch
        {
            ComparisonFunction.Equal => static (left, right) => left == right ? 1 : 0,
            ComparisonFunction.NotEqual => static (left, right) => left != right ? 1 : 0,
            ComparisonFunction.Less => static (left, right) => left < right ? 1 : 0,
            ComparisonFunction.LessOrEqual => static (left, right) => left <= right ? 1 : 0,
            ComparisonFunction.Greater => static (left, right) => left > right ? 1 : 0,
            ComparisonFunction.GreaterOrEqual => static (left, right) => left >= right ? 1 : 0,
            _ => throw new InvalidOperationException($"There is no comparison {function}."),
        });
    }

    public static ElementwiseKernel Of(KernelContext context, LogicalFunction function)
    {
        return new ElementwiseKernel(context, function switch
        {
            LogicalFunction.And => static (left, right) => left != 0 && right != 0 ? 1 : 0,
            LogicalFunction.Or => static (left, right) => left != 0 || right != 0 ? 1 : 0,
            _ => throw new InvalidOperationException($"There is no function {function}."),
        });
    }

    /// <summary>x, or the slope times x where x is negative.</summary>
    public static ElementwiseKernel OfPRelu(KernelContext context)
    {
        return new ElementwiseKernel(context, static (x, slope) => x < 0 ? x * slope : x);
    }

    public override void Run(FloatWorkspace workspace)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            ReadOnlySpan<float> left = _rows.Input(0, row, workspace[_left]);
            ReadOnlySpan<float> right = _rows.Input(1, row, workspace[_right]);
            Span<float> output = _rows.Output(row, workspace[_output]);
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = _function(left.Length == 1 ? left[0] : left[i], right.Length == 1 ? right[0] : right[i]);
            }
        }
    }
}
