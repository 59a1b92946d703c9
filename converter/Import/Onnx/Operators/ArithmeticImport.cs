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
}
