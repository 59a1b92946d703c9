using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Operators that ONNX Runtime's optimizer makes of several of ONNX's (domain com.microsoft): they become these again.</summary>
internal static class FusedImport
{
    /// <summary>Gelu of the data and a bias.</summary>
    public static void BiasGelu(ImportContext context)
    {
        Biased(context, UnaryFunction.Gelu);
    }

    /// <summary>Gelu by a hyperbolic tangent, of the data and, where it is there, a bias.</summary>
    public static void FastGelu(ImportContext context)
    {
        Biased(context, UnaryFunction.GeluTanh);
    }

    /// <summary>x times the logistic function of alpha x.</summary>
    public static void QuickGelu(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, data, graph.Constant([], context.Attributes.Float("alpha", 1.702f)));
        context.Give(graph.Arithmetic(ArithmeticFunction.Multiply, data, graph.Unary(UnaryFunction.Logistic, scaled)));
    }

    /// <summary>Conv, what is added to it, and an activation.</summary>
    public static void Convolution(ImportContext context)
    {
        const int Addend = 3;
        Tensor result = context.Computed("Conv", context.Input(0), context.Input(1), context.OptionalInput(2));
        Tensor sum = context.OptionalInput(Addend) is Tensor addend ? context.Graph.Arithmetic(ArithmeticFunction.Add, result, addend) : result;
        float[] parameters = context.Attributes.Floats("activation_params") ?? [];
        Activate(context, sum, parameters.Length > 0 ? parameters[0] : null, parameters.Length > 1 ? parameters[1] : null);
    }

    /// <summary>Gemm and an activation.</summary>
    public static void Gemm(ImportContext context)
    {
        Tensor result = context.Computed("Gemm", context.Input(0), context.Input(1), context.OptionalInput(2));
        Activate(context, result, Parameter("activation_alpha"), Parameter("activation_beta"));

        float? Parameter(string name)
        {
            return context.Attributes.Has(name) ? context.Attributes.Float(name, 0) : null;
        }
    }

    /// <summary>alpha x left x right, for matrices that may be transposed.</summary>
    public static void MatMul(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        if (context.Attributes.Flag("transBatchA") || context.Attributes.Flag("transBatchB"))
        {
            throw ImportContext.Refused("It moves the batch's axis (transBatchA, transBatchB).", "Export the network without ONNX Runtime's optimizations.");
        }

        Tensor product = MatrixImport.Product(graph, Operand(0, "transA"), Operand(1, "transB"));
        float alpha = context.Attributes.Float("alpha", 1);
        context.Give(alpha == 1 ? product : graph.Arithmetic(ArithmeticFunction.Multiply, product, graph.Constant([], alpha)));

        Tensor Operand(int input, string transposed)
        {
            Tensor operand = context.Input(input);
            return context.Attributes.Flag(transposed) && operand.Rank >= 2
                ? graph.Transposed(operand, [.. Enumerable.Range(0, operand.Rank - 2), operand.Rank - 1, operand.Rank - 2])
                : operand;
        }
    }

    /// <summary>LayerNormalization of input, skip and bias together. Inputs: input, skip, factor, addend, bias. Output 3 is the sum.</summary>
    public static void SkipLayer(ImportContext context)
    {
        const int Sum = 3;
        NodeBuilder graph = context.Graph;
        Tensor sum = Skipped(context, 4);
        Tensor normalized = NormalizationImport.Normalized(graph, sum, [sum.Rank - 1], Epsilon(context));
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, normalized, context.Input(2));
        context.Give(Sum, sum);
        context.Give(context.OptionalInput(3) is Tensor addend ? graph.Arithmetic(ArithmeticFunction.Add, scaled, addend) : scaled);
    }

    /// <summary>The same without mean: over the root of the mean of squares. Inputs: input, skip, factor, bias.</summary>
    public static void SkipRootMeanSquare(ImportContext context)
    {
        const int Sum = 3;
        Tensor sum = Skipped(context, 3);
        context.Give(Sum, sum);
        context.Give(NormalizationImport.RootMeanSquare(context.Graph, sum, sum.Rank - 1, Epsilon(context), context.Input(2)));
    }

    private static float Epsilon(ImportContext context)
    {
        return context.Attributes.Float("epsilon", 1e-12f);
    }

    private static Tensor Skipped(ImportContext context, int bias)
    {
        Tensor sum = context.Graph.Arithmetic(ArithmeticFunction.Add, context.Input(0), context.Input(1));
        return context.OptionalInput(bias) is Tensor addend ? context.Graph.Arithmetic(ArithmeticFunction.Add, sum, addend) : sum;
    }

    private static void Biased(ImportContext context, UnaryFunction function)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        context.Give(graph.Unary(function, context.OptionalInput(1) is Tensor bias ? graph.Arithmetic(ArithmeticFunction.Add, data, bias) : data));
    }

    private static void Activate(ImportContext context, Tensor data, float? alpha, float? beta)
    {
        string name = context.Attributes.Text("activation", "");
        context.Give(name.Length == 0 ? data : NamedActivation.Apply(context.Graph, name, data, alpha, beta));
    }
}
