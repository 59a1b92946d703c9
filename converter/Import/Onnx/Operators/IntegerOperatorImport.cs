using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// What ONNX Runtime's dynamic quantization writes: data is quantized with a scale that is found while the network runs, and multiplied with
/// integers of weights. Here the data stays real with the scale 1, and weights become real: how activations are quantized is decided by
/// calibration. On integers these operators are what they say.
/// </summary>
internal static class IntegerOperatorImport
{
    /// <summary>DynamicQuantizeLinear: the data itself, with the scale 1 and the zero point 0.</summary>
    public static void Quantize(ImportContext context)
    {
        context.Give(0, context.Input(0));
        context.Give(1, context.Graph.Constant([], 1));
        context.Give(2, context.Graph.Integers(DataType.UInt8, [], 0));
    }

    /// <summary>MatMulInteger: a, b; the zero points of a and b.</summary>
    public static void MatrixProduct(ImportContext context)
    {
        Tensor left = Centered(context, 0, 2, -2);
        Tensor right = Centered(context, 1, 3, -1);
        context.Give(Result(context, MatrixImport.Product(context.Graph, left, right)));
    }

    /// <summary>ConvInteger: x, w; the zero points of x and w, the latter perhaps one for each output.</summary>
    public static void Convolution(ImportContext context)
    {
        context.Give(Result(context, context.Computed("Conv", Centered(context, 0, 2, -1), Centered(context, 1, 3, 0))));
    }

    /// <summary>DynamicQuantizeMatMul of ONNX Runtime: real a; b, its scale and zero point; bias.</summary>
    public static void DynamicMatrixProduct(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor weights = graph.Arithmetic(ArithmeticFunction.Multiply, Centered(context, 1, 3, -1), context.Input(2));
        Tensor product = MatrixImport.Product(graph, context.Input(0), weights);
        context.Give(context.OptionalInput(4) is Tensor bias ? graph.Arithmetic(ArithmeticFunction.Add, product, bias) : product);
    }

    /// <summary>MatMulIntegerToFloat of ONNX Runtime: a, b; their scales; their zero points; bias.</summary>
    public static void MatrixProductToReal(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor left = graph.Arithmetic(ArithmeticFunction.Multiply, Centered(context, 0, 4, -2), context.Input(2));
        Tensor right = graph.Arithmetic(ArithmeticFunction.Multiply, Centered(context, 1, 5, -1), context.Input(3));
        Tensor product = MatrixImport.Product(graph, left, right);
        context.Give(context.OptionalInput(6) is Tensor bias ? graph.Arithmetic(ArithmeticFunction.Add, product, bias) : product);
    }

    /// <summary>An input without its zero point, as real numbers. What dynamic quantization has left real has none.</summary>
    /// <param name="context">The operator.</param>
    /// <param name="input">The input.</param>
    /// <param name="zeroPoint">The input that is its zero point, one number or one for each slice along an axis.</param>
    /// <param name="axis">The axis, counted from the back if negative.</param>
    private static Tensor Centered(ImportContext context, int input, int zeroPoint, int axis)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(input);
        if (data.Type == DataType.Float32)
        {
            return data;
        }

        ImportContext.Require(data.Type is DataType.Int8 or DataType.UInt8, $"Its input {data} is neither int8 nor uint8.");
        Tensor real = graph.Add(new Cast(), DataType.Float32, data.Shape, data);
        if (context.OptionalInput(zeroPoint) is not Tensor given)
        {
            return real;
        }

        int along = axis < 0 ? data.Rank + axis : axis;
        Tensor offset = graph.Add(new Cast(), DataType.Float32, given.Shape, given);
        if (given.ElementCount > 1 && given.Rank == 1)
        {
            ImportContext.Require(along >= 0 && data.Shape[along] == given.ElementCount, $"Its zero points {given} are not one for each slice of {data}.");
            offset = graph.Reshaped(offset, [given.ElementCount, .. Enumerable.Repeat(1, data.Rank - 1 - along)]);
        }

        return graph.Arithmetic(ArithmeticFunction.Subtract, real, given.ElementCount == 1 ? graph.Reshaped(offset, []) : offset);
    }

    /// <summary>The product of integers is one of integers; that of real numbers stays real.</summary>
    private static Tensor Result(ImportContext context, Tensor product)
    {
        return context.Input(0).Type == DataType.Float32 ? product : context.Graph.Add(new Cast(), DataType.Int32, product.Shape, product);
    }
}
