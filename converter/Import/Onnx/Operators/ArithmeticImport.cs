using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Functions of two and more tensors, broadcast against each other.</summary>
internal static class ArithmeticImport
{
    public static void Binary(ImportContext context, ArithmeticFunction function)
    {
        Tensor left = context.Input(0);
        Tensor right = context.Input(1);
        ImportContext.Require(left.Type == right.Type, $"Its inputs are {left} and {right}; they must be of one type.");
        if (!left.Shape.AsSpan().SequenceEqual(right.Shape))
        {
            // Before, shapes were aligned at their first size.
            context.RequireVersion(7);
        }

        context.Give(context.Graph.Arithmetic(function, left, right));
    }

    public static void Variadic(ImportContext context, ArithmeticFunction function)
    {
        context.Give(Together(context, function));
    }

    /// <summary>
    /// The remainder of a division. That of integers has the divisor's sign, and both must be constants; that of real numbers (fmod) has the
    /// dividend's.
    /// </summary>
    public static void Modulo(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor left = context.Input(0);
        Tensor right = context.Input(1);
        ImportContext.Require(left.Type == right.Type, $"Its inputs are {left} and {right}; they must be of one type.");
        bool truncated = context.Attributes.Flag("fmod");
        if (left.Type == DataType.Float32)
        {
            ImportContext.Require(truncated, "It takes the remainder of real numbers without fmod.");
            Tensor quotient = graph.Arithmetic(ArithmeticFunction.Divide, left, right);
            Tensor whole = graph.Arithmetic(ArithmeticFunction.Multiply, graph.Unary(UnaryFunction.Sign, quotient), graph.Unary(UnaryFunction.Floor, graph.Unary(UnaryFunction.Absolute, quotient)));
            context.Give(graph.Arithmetic(ArithmeticFunction.Subtract, left, graph.Arithmetic(ArithmeticFunction.Multiply, whole, right)));
            return;
        }

        int[] shape = Shapes.Broadcast(left.Shape, right.Shape);
        long[] dividends = Numbers(0, left);
        long[] divisors = Numbers(1, right);
        ImportContext.Require(!divisors.Contains(0), "It divides by 0.");
        context.Give(graph.Integers(left.Type, shape, [.. dividends.Zip(divisors, (dividend, divisor) => Remainder(dividend, divisor, truncated))]));

        long[] Numbers(int input, Tensor given)
        {
            context.Longs(input, "operand");
            return ConstantReader.ConstantLongs(given.Shape.AsSpan().SequenceEqual(shape) ? given : graph.Add(new BroadcastTo(), shape, given))!;
        }
    }

    public static void Mean(ImportContext context)
    {
        Tensor sum = Together(context, ArithmeticFunction.Add);
        context.Give(context.InputCount == 1 ? sum : context.Graph.Arithmetic(ArithmeticFunction.Multiply, sum, context.Graph.Constant([], 1f / context.InputCount)));
    }

    private static Tensor Together(ImportContext context, ArithmeticFunction function)
    {
        Tensor[] inputs = context.AllInputs();
        ImportContext.Require(Array.TrueForAll(inputs, input => input.Type == inputs[0].Type), "Its inputs are of different types.");
        return inputs.Aggregate((all, input) => context.Graph.Arithmetic(function, all, input));
    }

    private static long Remainder(long dividend, long divisor, bool truncated)
    {
        // Every number is a multiple of -1, and the smallest one over it is no number.
        long remainder = divisor == -1 ? 0 : dividend % divisor;
        return truncated || remainder == 0 || remainder > 0 == divisor > 0 ? remainder : remainder + divisor;
    }
}
