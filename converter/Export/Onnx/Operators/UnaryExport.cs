using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Functions of one number. What the operator set does not have is put together.</summary>
internal static class UnaryExport
{
    public static void Write(Node node, UnaryFunction function, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        context.Set(node.Output(), Function(function, context.Real(node.Input(0), layout), context), layout);
    }

    public static void Write(Node node, Parametric operation, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        string x = context.Real(node.Input(0), layout);
        OnnxWriter writer = context.Writer;
        (float a, float b) = (operation.A, operation.B);
        string real = operation.Function switch
        {
            ParametricFunction.Clip => context.Clipped(x, a, b),
            ParametricFunction.HardSigmoid => writer.Emit("HardSigmoid", "hard_sigmoid", [x], ("alpha", a), ("beta", b)),
            ParametricFunction.Elu => writer.Emit("Elu", "elu", [x], ("alpha", a)),
            ParametricFunction.Selu => writer.Emit("Selu", "selu", [x], ("alpha", a), ("gamma", b)),
            ParametricFunction.Celu => writer.Emit("Celu", "celu", [x], ("alpha", a)),
            ParametricFunction.ThresholdedRelu => writer.Emit("ThresholdedRelu", "thresholded_relu", [x], ("alpha", a)),
            ParametricFunction.Power => writer.Emit("Pow", "power", [x, writer.Number(a)]),
            _ => throw new InvalidOperationException($"The function {operation.Function} is not known."),
        };
        context.Set(node.Output(), real, layout);
    }

    public static void Write(Node node, LeakyRelu operation, ExportContext context)
    {
        Layout layout = context.LayoutOf(node.Input(0));
        context.Set(node.Output(), context.Writer.Emit("LeakyRelu", "leaky_relu", [context.Real(node.Input(0), layout)], ("alpha", operation.Alpha)), layout);
    }

    private static string Function(UnaryFunction function, string x, ExportContext context)
    {
        return function switch
        {
            UnaryFunction.Relu => context.Clipped(x, 0, float.PositiveInfinity),
            UnaryFunction.Relu6 => context.Clipped(x, 0, 6),
            UnaryFunction.ReluN1To1 => context.Clipped(x, -1, 1),
            UnaryFunction.Relu0To1 => context.Clipped(x, 0, 1),
            UnaryFunction.HardSwish => Product(x, context.Writer.Emit("HardSigmoid", "hard_sigmoid", [x], ("alpha", 1f / 6), ("beta", 0.5f)), context),
            UnaryFunction.Square => Product(x, x, context),
            UnaryFunction.ReciprocalSquareRoot => Emit("Reciprocal", Emit("Sqrt", x, context), context),
            UnaryFunction.Gelu => Half(x, Emit("Erf", Product(x, context.Writer.Number(MathF.Sqrt(0.5f)), context), context), context),
            UnaryFunction.GeluTanh => Half(x, Emit("Tanh", Inner(x, context), context), context),
            UnaryFunction.Swish => Product(x, Emit("Sigmoid", x, context), context),
            UnaryFunction.Mish => Product(x, Emit("Tanh", Emit("Softplus", x, context), context), context),
            _ => Emit(NameOf(function), x, context),
        };
    }

    private static string NameOf(UnaryFunction function)
    {
        return function switch
        {
            UnaryFunction.Elu => "Elu",
            UnaryFunction.Logistic => "Sigmoid",
            UnaryFunction.Tanh => "Tanh",
            UnaryFunction.Absolute => "Abs",
            UnaryFunction.Negate => "Neg",
            UnaryFunction.SquareRoot => "Sqrt",
            UnaryFunction.Exponential => "Exp",
            UnaryFunction.Logarithm => "Log",
            UnaryFunction.Sine => "Sin",
            UnaryFunction.Cosine => "Cos",
            UnaryFunction.Sign => "Sign",
            UnaryFunction.Ceiling => "Ceil",
            UnaryFunction.Floor => "Floor",
            UnaryFunction.Round => "Round",
            UnaryFunction.Reciprocal => "Reciprocal",
            UnaryFunction.Erf => "Erf",
            UnaryFunction.Softplus => "Softplus",
            UnaryFunction.Softsign => "Softsign",
            UnaryFunction.Tangent => "Tan",
            UnaryFunction.ArcSine => "Asin",
            UnaryFunction.ArcCosine => "Acos",
            UnaryFunction.ArcTangent => "Atan",
            UnaryFunction.HyperbolicSine => "Sinh",
            UnaryFunction.HyperbolicCosine => "Cosh",
            UnaryFunction.InverseHyperbolicSine => "Asinh",
            UnaryFunction.InverseHyperbolicCosine => "Acosh",
            UnaryFunction.InverseHyperbolicTangent => "Atanh",
            _ => throw new InvalidOperationException($"The function {function} is not known."),
        };
    }

    /// <summary>x (1 + y) / 2.</summary>
    private static string Half(string x, string y, ExportContext context)
    {
        string sum = context.Writer.Emit("Add", "add", [y, context.Writer.Number(1)]);
        return Product(Product(x, sum, context), context.Writer.Number(0.5f), context);
    }

    /// <summary>sqrt(2 / pi) (x + 0.044715 x^3).</summary>
    private static string Inner(string x, ExportContext context)
    {
        string cube = Product(Product(Product(x, x, context), x, context), context.Writer.Number(0.044715f), context);
        return Product(context.Writer.Emit("Add", "add", [x, cube]), context.Writer.Number(MathF.Sqrt(2 / MathF.PI)), context);
    }

    private static string Product(string left, string right, ExportContext context)
    {
        return context.Writer.Emit("Mul", "mul", [left, right]);
    }

    private static string Emit(string operation, string x, ExportContext context)
    {
        return context.Writer.Emit(operation, operation.ToLowerInvariant(), [x]);
    }
}
