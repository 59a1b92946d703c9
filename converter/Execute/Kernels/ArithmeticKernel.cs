using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Shapes;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A function of two broadcast tensors, row by row.</summary>
internal sealed class ArithmeticKernel(KernelContext context, Arithmetic operation) : FloatKernel
{
    private readonly int _left = context.Input(0);
    private readonly int _right = context.Input(1);
    private readonly int _output = context.Output();
    private readonly BroadcastRows _rows = BroadcastRows.Of(context.Node.Output().Shape, context.Node.Input(0).Shape, context.Node.Input(1).Shape);

    /// <summary>Quotients of plain integers are cut towards zero.</summary>
    private readonly bool _whole = operation.Function == ArithmeticFunction.Divide
        && context.Node.Output() is { Quantization: null, Type: not (DataType.Float32 or DataType.Float16 or DataType.Float64) };

    public override void Run(FloatWorkspace workspace)
    {
        float[] left = workspace[_left];
        float[] right = workspace[_right];
        float[] output = workspace[_output];
        for (int row = 0; row < _rows.Count; row++)
        {
            Row(_rows.Input(0, row, left), _rows.Input(1, row, right), _rows.Output(row, output));
        }

        if (_whole)
        {
            TensorPrimitives.Truncate(output, output);
        }

        Clamp.Run(operation.Activation, output);
    }

    private void Row(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> to)
    {
        switch (operation.Function)
        {
            case ArithmeticFunction.Add: Commutative(left, right, to, TensorPrimitives.Add, TensorPrimitives.Add); break;
            case ArithmeticFunction.Multiply: Commutative(left, right, to, TensorPrimitives.Multiply, TensorPrimitives.Multiply); break;
            case ArithmeticFunction.Maximum: Commutative(left, right, to, TensorPrimitives.Max, TensorPrimitives.Max); break;
            case ArithmeticFunction.Minimum: Commutative(left, right, to, TensorPrimitives.Min, TensorPrimitives.Min); break;
            case ArithmeticFunction.Divide: Ordered(left, right, to, TensorPrimitives.Divide, TensorPrimitives.Divide, TensorPrimitives.Divide); break;
            default: Ordered(left, right, to, TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract); break;
        }

        if (operation.Function == ArithmeticFunction.SquaredDifference)
        {
            TensorPrimitives.Multiply(to, to, to);
        }
    }

    private delegate void Vectors(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> to);

    private delegate void VectorAndNumber(ReadOnlySpan<float> left, float right, Span<float> to);

    private delegate void NumberAndVector(float left, ReadOnlySpan<float> right, Span<float> to);

    private static void Commutative(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> to, Vectors vectors, VectorAndNumber number)
    {
        if (left.Length == to.Length && right.Length == to.Length)
        {
            vectors(left, right, to);
        }
        else if (left.Length == to.Length)
        {
            number(left, right[0], to);
        }
        else if (right.Length == to.Length)
        {
            number(right, left[0], to);
        }
        else
        {
            number(left, right[0], to);
            to.Fill(to[0]);
        }
    }

    private static void Ordered(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> to, Vectors vectors, VectorAndNumber rightNumber, NumberAndVector leftNumber)
    {
        if (left.Length == to.Length && right.Length == to.Length)
        {
            vectors(left, right, to);
        }
        else if (left.Length == to.Length)
        {
            rightNumber(left, right[0], to);
        }
        else if (right.Length == to.Length)
        {
            leftNumber(left[0], right, to);
        }
        else
        {
            rightNumber(left, right[0], to);
            to.Fill(to[0]);
        }
    }
}
