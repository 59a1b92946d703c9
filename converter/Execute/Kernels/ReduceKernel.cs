using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Shapes;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>All elements along some axes put together into one.</summary>
internal sealed class ReduceKernel : FloatKernel
{
    private readonly ReductionRows _rows;
    private readonly Combination _combination;
    private readonly int _input;
    private readonly int _output;

    private ReduceKernel(KernelContext context, Combination combination, int[] axes)
    {
        _rows = ReductionRows.Of(context.Node.Input(0).Shape, axes);
        _combination = combination;
        (_input, _output) = (context.Input(0), context.Output());
    }

    private enum Combination
    {
        Mean,
        Sum,
        Product,
        Maximum,
        Minimum,
    }

    public static FloatKernel? Of(KernelContext context, ReduceFunction function)
    {
        return Of(context, function switch
        {
            ReduceFunction.Mean => Combination.Mean,
            ReduceFunction.Sum => Combination.Sum,
            ReduceFunction.Maximum or ReduceFunction.Any => Combination.Maximum,
            ReduceFunction.Minimum or ReduceFunction.All => Combination.Minimum,
            _ => throw new InvalidOperationException($"There is no reduction {function}."),
        });
    }

    public static FloatKernel? OfProduct(KernelContext context)
    {
        return Of(context, Combination.Product);
    }

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> input = workspace[_input];
        Span<float> output = workspace[_output];
        output.Fill(_combination switch
        {
            Combination.Product => 1,
            Combination.Maximum => float.NegativeInfinity,
            Combination.Minimum => float.PositiveInfinity,
            _ => 0,
        });
        for (int row = 0; row < _rows.Results.Length; row++)
        {
            ReadOnlySpan<float> values = input.Slice(row * _rows.Length, _rows.Length);
            Span<float> to = output[_rows.Results[row]..];
            if (_rows.IntoOne)
            {
                to[0] = Combine(to[0], values);
            }
            else
            {
                Combine(to[.._rows.Length], values);
            }
        }

        if (_combination == Combination.Mean)
        {
            TensorPrimitives.Divide(output, _rows.Reduced, output);
        }
    }

    private static ReduceKernel? Of(KernelContext context, Combination combination)
    {
        return context.WholeNumbers(1, "axes") is int[] axes ? new ReduceKernel(context, combination, axes) : null;
    }

    private float Combine(float result, ReadOnlySpan<float> values)
    {
        return _combination switch
        {
            Combination.Product => result * TensorPrimitives.Product(values),
            Combination.Maximum => MathF.Max(result, TensorPrimitives.Max(values)),
            Combination.Minimum => MathF.Min(result, TensorPrimitives.Min(values)),
            _ => result + TensorPrimitives.Sum(values),
        };
    }

    private void Combine(Span<float> results, ReadOnlySpan<float> values)
    {
        switch (_combination)
        {
            case Combination.Product: TensorPrimitives.Multiply(results, values, results); break;
            case Combination.Maximum: TensorPrimitives.Max(results, values, results); break;
            case Combination.Minimum: TensorPrimitives.Min(results, values, results); break;
            default: TensorPrimitives.Add(results, values, results); break;
        }
    }
}
