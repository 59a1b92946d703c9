using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Functions of every element.</summary>
internal static class UnaryImport
{
    public static void Plain(ImportContext context, UnaryFunction function)
    {
        context.Give(context.Graph.Unary(function, context.Input(0)));
    }

    public static void Gelu(ImportContext context)
    {
        string form = context.Attributes.Text("approximate", "none");
        UnaryFunction function = form switch
        {
            "none" => UnaryFunction.Gelu,
            "tanh" => UnaryFunction.GeluTanh,
            _ => throw ImportContext.Inconsistent($"Its approximation is '{Shapes.Short(form)}'; there are 'none' and 'tanh'."),
        };
        Plain(context, function);
    }

    public static void LeakyRelu(ImportContext context)
    {
        Tensor data = context.Input(0);
        context.Give(context.Graph.Add(new LeakyRelu(context.Attributes.Float("alpha", 0.01f)), data.Shape, data));
    }

    /// <summary>The slopes are broadcast to the data, and to nothing larger.</summary>
    public static void PRelu(ImportContext context)
    {
        Tensor data = context.Input(0);
        Tensor slopes = context.Input(1);
        context.RequireVersion(7);
        ImportContext.Require(
            Shapes.Broadcast(data.Shape, slopes.Shape).AsSpan().SequenceEqual(data.Shape), $"Its slopes {slopes} cannot be broadcast to the data {data}.");
        context.Give(context.Graph.Add(new PRelu(), data.Shape, data, slopes));
    }

    public static void Elu(ImportContext context)
    {
        float alpha = context.Attributes.Float("alpha", 1);
        if (alpha == 1)
        {
            Plain(context, UnaryFunction.Elu);
            return;
        }

        Parametric(context, ParametricFunction.Elu, alpha, 0);
    }

    public static void Selu(ImportContext context)
    {
        // The two constants of "Self-Normalizing Neural Networks" (Klambauer et al., 2017).
        Parametric(
            context, ParametricFunction.Selu, context.Attributes.Float("alpha", 1.67326319217681884765625f), context.Attributes.Float("gamma", 1.05070102214813232421875f));
    }

    public static void Celu(ImportContext context)
    {
        float alpha = context.Attributes.Float("alpha", 1);
        ImportContext.Require(alpha != 0, "Its alpha is 0, by which it divides.");
        Parametric(context, ParametricFunction.Celu, alpha, 0);
    }

    public static void ThresholdedRelu(ImportContext context)
    {
        Parametric(context, ParametricFunction.ThresholdedRelu, context.Attributes.Float("alpha", 1), 0);
    }

    public static void HardSigmoid(ImportContext context)
    {
        Parametric(context, ParametricFunction.HardSigmoid, context.Attributes.Float("alpha", 0.2f), context.Attributes.Float("beta", 0.5f));
    }

    /// <summary>Elements between two limits of opposite sign become 0, those beyond move towards it.</summary>
    public static void Shrink(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Tensor limit = graph.Constant([], context.Attributes.Float("lambd", 0.5f));
        Tensor lower = graph.Unary(UnaryFunction.Negate, limit);
        Tensor shift = graph.Constant([], context.Attributes.Float("bias", 0));
        Tensor above = graph.Add(new Comparison(ComparisonFunction.Greater), DataType.Bool, data.Shape, data, limit);
        Tensor below = graph.Add(new Comparison(ComparisonFunction.Less), DataType.Bool, data.Shape, data, lower);
        Tensor otherwise = graph.Selected(below, graph.Arithmetic(ArithmeticFunction.Add, data, shift), graph.Constant([], 0));
        context.Give(graph.Selected(above, graph.Arithmetic(ArithmeticFunction.Subtract, data, shift), otherwise));
    }

    /// <summary>The limits are attributes up to version 10 and inputs from version 11 on.</summary>
    public static void Clip(ImportContext context)
    {
        bool areInputs = context.Version >= 11;
        if (context.Input(0).Type != DataType.Float32)
        {
            ClipIntegers(context);
            return;
        }

        float lowest = (areInputs ? context.Scalar(1, "lower limit") : context.Attributes.Float("min", float.NegativeInfinity)) ?? float.NegativeInfinity;
        float highest = (areInputs ? context.Scalar(2, "upper limit") : context.Attributes.Float("max", float.PositiveInfinity)) ?? float.PositiveInfinity;
        ImportContext.Require(!float.IsNaN(lowest) && !float.IsNaN(highest), "A limit is no number.");

        // The specification lets the upper limit win.
        Parametric(context, ParametricFunction.Clip, Math.Min(lowest, highest), highest);
    }

    private static void ClipIntegers(ImportContext context)
    {
        Tensor data = context.Input(0);
        if (context.OptionalInput(1) is Tensor lowest)
        {
            data = context.Graph.Arithmetic(ArithmeticFunction.Maximum, data, lowest);
        }

        context.Give(context.OptionalInput(2) is Tensor highest ? context.Graph.Arithmetic(ArithmeticFunction.Minimum, data, highest) : data);
    }

    private static void Parametric(ImportContext context, ParametricFunction function, float a, float b)
    {
        Tensor data = context.Input(0);
        context.Give(context.Graph.Add(new Parametric(function, a, b), data.Shape, data));
    }
}
