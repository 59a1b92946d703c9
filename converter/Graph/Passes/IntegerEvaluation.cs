using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Integer arithmetic on constants.</summary>
internal static class IntegerEvaluation
{
    /// <summary>The shape that the two constant shapes of a node broadcast to; null if they are no constants or do not fit.</summary>
    public static long[]? BroadcastShapes(Node node)
    {
        if (ConstantReader.ConstantLongs(node.Input(0)) is not long[] a || ConstantReader.ConstantLongs(node.Input(1)) is not long[] b)
        {
            return null;
        }

        long[] result = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            long sizeA = i <= a.Length ? a[^i] : 1;
            long sizeB = i <= b.Length ? b[^i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                return null;
            }

            result[^i] = sizeA == 1 ? sizeB : sizeA;
        }

        return result;
    }

    /// <summary>The numbers from a constant start to a constant limit; null if they are no constants or not as many as the output has.</summary>
    public static long[]? NumberRange(Node node)
    {
        if (ConstantReader.ConstantLongs(node.Input(0)) is not [long start]
            || ConstantReader.ConstantLongs(node.Input(1)) is not [long limit]
            || ConstantReader.ConstantLongs(node.Input(2)) is not [long step]
            || step == 0)
        {
            return null;
        }

        Int128 distance = step > 0 ? (Int128)limit - start : (Int128)start - limit;
        Int128 width = Int128.Abs(step);
        Int128 count = distance <= 0 ? 0 : (distance + width - 1) / width;
        return count == node.Output().ElementCount ? [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))] : null;
    }

    /// <summary>
    /// Arithmetic on two constants of 32- or 64-bit integers, broadcast against each other; results wrap around. Null if they are no such
    /// constants, or where a division has no result.
    /// </summary>
    public static long[]? Arithmetic(Node node, Arithmetic operation)
    {
        Tensor a = node.Input(0);
        Tensor b = node.Input(1);
        Tensor output = node.Output();
        if (operation.Activation != Activation.None
            || output.Type is not (DataType.Int32 or DataType.Int64)
            || a.Type != output.Type
            || b.Type != output.Type
            || Broadcast(a, output.Shape) is not long[] left
            || Broadcast(b, output.Shape) is not long[] right)
        {
            return null;
        }

        long[] results = new long[left.Length];
        for (int i = 0; i < results.Length; i++)
        {
            if (Arithmetic(operation.Function, left[i], right[i]) is not long result)
            {
                return null;
            }

            results[i] = result;
        }

        return results;
    }

    /// <summary>Integers with the other sign, or without one; results wrap around. Null if they are no constant of 32- or 64-bit integers.</summary>
    public static long[]? Unary(Node node, Unary operation)
    {
        Tensor data = node.Input(0);
        return data.Type is DataType.Int32 or DataType.Int64 && ConstantReader.ConstantLongs(data) is long[] values
            ? operation.Function switch
            {
                UnaryFunction.Negate => Array.ConvertAll(values, value => -value),
                UnaryFunction.Absolute => Array.ConvertAll(values, value => value < 0 ? -value : value),
                _ => null,
            }
            : null;
    }

    /// <summary>The products of a constant's elements along constant axes; null if they are no constants.</summary>
    public static long[]? Product(Node node)
    {
        Tensor data = node.Input(0);
        if (data.Type is not (DataType.Int32 or DataType.Int64)
            || ConstantReader.ConstantLongs(data) is not long[] values
            || ConstantReader.ConstantLongs(node.Input(1)) is not long[] given)
        {
            return null;
        }

        int[] axes = Array.ConvertAll(given, axis => AxisIndex.FromFront(axis, data.Rank));
        if (axes.Contains(-1))
        {
            return null;
        }

        int[] kept = [.. data.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        long[] from = RowMajor.Strides(data.Shape);
        long[] to = RowMajor.Strides(kept);
        long[] results = new long[kept.Aggregate(1, (product, size) => product * size)];
        Array.Fill(results, 1);
        for (int i = 0; i < values.Length; i++)
        {
            long target = Enumerable.Range(0, data.Rank).Sum(axis => axes.Contains(axis) ? 0 : i / from[axis] % data.Shape[axis] * to[axis]);
            results[target] *= values[i];
        }

        return results;
    }

    private static long? Arithmetic(ArithmeticFunction function, long a, long b)
    {
        return function switch
        {
            ArithmeticFunction.Add => a + b,
            ArithmeticFunction.Subtract => a - b,
            ArithmeticFunction.Multiply => a * b,
            ArithmeticFunction.Divide => b == 0 ? null : b == -1 ? -a : a / b,
            ArithmeticFunction.Maximum => Math.Max(a, b),
            ArithmeticFunction.Minimum => Math.Min(a, b),
            _ => null,
        };
    }

    /// <summary>The elements of a constant, repeated to a shape.</summary>
    private static long[]? Broadcast(Tensor constant, int[] shape)
    {
        Tensor output = new(constant.Name, constant.Type, shape);
        Node broadcast = new(new BroadcastTo(), [constant], [output]);
        if (!constant.IsConstant || ConstantEvaluation.Outputs(broadcast) is not [byte[] bytes])
        {
            return null;
        }

        output.Data = bytes;
        return ConstantReader.ConstantLongs(output);
    }
}
