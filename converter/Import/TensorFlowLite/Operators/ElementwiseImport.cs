using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Arithmetic of two tensors that may carry a fused activation.</summary>
internal static class ElementwiseImport
{
    public static Operation? Add(ImportContext context)
    {
        return Arithmetic(context, ArithmeticFunction.Add, context.Options<AddOptions>().Activation);
    }

    public static Operation? Subtract(ImportContext context)
    {
        return Arithmetic(context, ArithmeticFunction.Subtract, context.Options<SubOptions>().Activation);
    }

    public static Operation? Multiply(ImportContext context)
    {
        return Arithmetic(context, ArithmeticFunction.Multiply, context.Options<MulOptions>().Activation);
    }

    public static Operation? Divide(ImportContext context)
    {
        return Arithmetic(context, ArithmeticFunction.Divide, context.Options<DivOptions>().Activation);
    }

    /// <summary>A function that no activation is fused into.</summary>
    public static Operation Plain(ArithmeticFunction function)
    {
        return new Arithmetic(function, Activation.None);
    }

    private static Arithmetic? Arithmetic(ImportContext context, ArithmeticFunction function, TfliteActivation activation)
    {
        return ActivationImport.Of(context, activation) is Activation known ? new Arithmetic(function, known) : null;
    }
}
