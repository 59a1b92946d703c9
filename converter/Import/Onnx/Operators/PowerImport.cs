using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Pow: the exponent must be a constant and the same everywhere.</summary>
internal static class PowerImport
{
    public static void Import(ImportContext context)
    {
        Tensor data = context.Input(0);
        Tensor given = context.Input(1);
        if (given.Type != DataType.Float32 && ConstantReader.ConstantLongs(given) is null)
        {
            throw NotConstant();
        }

        float[] exponents = RealConstant.Values(given) ?? [.. (ConstantReader.ConstantLongs(given) ?? throw NotConstant()).Select(value => (float)value)];
        if (exponents.Length == 0 || Array.Exists(exponents, exponent => exponent != exponents[0]))
        {
            throw ImportContext.Refused("Its exponents differ from element to element.", "Split the data, or use multiplications, in the source network.");
        }

        int[] shape = Shapes.Broadcast(data.Shape, given.Shape);
        Tensor whole = shape.AsSpan().SequenceEqual(data.Shape) ? data : context.Graph.Add(new BroadcastTo(), shape, data);
        context.Give(Power(context.Graph, whole, exponents[0]));
    }

    private static Tensor Power(NodeBuilder graph, Tensor data, float exponent)
    {
        return exponent switch
        {
            1 => data,
            2 => graph.Unary(UnaryFunction.Square, data),
            3 => graph.Arithmetic(ArithmeticFunction.Multiply, graph.Unary(UnaryFunction.Square, data), data),
            0.5f => graph.Unary(UnaryFunction.SquareRoot, data),
            -0.5f => graph.Unary(UnaryFunction.ReciprocalSquareRoot, data),
            -1 => graph.Unary(UnaryFunction.Reciprocal, data),
            _ => graph.Add(new Parametric(ParametricFunction.Power, exponent, 0), data.Shape, data),
        };
    }

    private static RefusedOperatorException NotConstant()
    {
        return ImportContext.Refused("Its exponent is no constant.", "Make it a constant in the source network.");
    }
}
