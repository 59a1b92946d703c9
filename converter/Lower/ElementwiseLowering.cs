using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// Functions of one element: a table where both sides have 8 bits; else a piecewise linear function, a function of its own, or a table with
/// lines between its entries.
/// </summary>
internal static class ElementwiseLowering
{
    public static void Lower(LoweringContext context, Node node)
    {
        if (ElementwiseCheck.Problem(node) is ElementwiseCheck problem)
        {
            context.Refuse(problem.Reason, problem.Help);
        }
        else if (ElementTable.Of(node) is sbyte[] table)
        {
            Emit(context, node, OperatorKind.LookUpTable, [context.Constant(table)], []);
        }
        else if (PiecewiseLinearFunction.Of(node) is PiecewiseLinearFunction linear)
        {
            Emit(context, node, OperatorKind.PiecewiseLinear, [], linear.Attributes);
        }
        else if (RealFunctions.Of(node.Operation) is Func<float, float> function)
        {
            LowerInt16(context, node, function);
        }
        else
        {
            Emit(context, node, OperatorKind.Cast, [], []);
        }
    }

    /// <summary>Refuses a node that works on real numbers where the host cannot do it.</summary>
    public static void RefuseReal(LoweringContext context, Node node)
    {
        if (ElementwiseCheck.Problem(node) is ElementwiseCheck problem)
        {
            context.Refuse(problem.Reason, problem.Help);
        }
        else
        {
            context.Refuse("Its output is no tensor of real numbers.", "The file is inconsistent; convert the network again.");
        }
    }

    private static void LowerInt16(LoweringContext context, Node node, Func<float, float> function)
    {
        Quantization from = node.Input(0).Quantization!;
        Quantization to = node.Output().Quantization!;
        switch (node.Operation)
        {
            case Unary { Function: UnaryFunction.Logistic }:
                Emit(context, node, OperatorKind.LogisticInt16, [], Int16SigmoidScale.Of(from.Scale, 0));
                break;
            case Unary { Function: UnaryFunction.Tanh }:
                Emit(context, node, OperatorKind.TanhInt16, [], Int16SigmoidScale.Of(from.Scale, 1));
                break;
            case Unary { Function: UnaryFunction.SquareRoot }:
                // The entry for 0 is that of a number just below, as the reference places entries: it must not count as one without a root.
                short[] roots = InterpolatedTableBuilder.Build(from.Scale, from.ZeroPoint, to.Scale, to.ZeroPoint, x => MathF.Sqrt(MathF.Max(x, 0)));
                Emit(context, node, OperatorKind.InterpolatedLookUpTable, [context.Constant(roots)], []);
                break;
            default:
                short[] table = InterpolatedTableBuilder.Build(from.Scale, from.ZeroPoint, to.Scale, to.ZeroPoint, function);
                Emit(context, node, OperatorKind.InterpolatedLookUpTable, [context.Constant(table)], []);
                break;
        }
    }

    private static void Emit(LoweringContext context, Node node, OperatorKind kind, LoweredTensor[] tables, int[] attributes)
    {
        context.Emit(kind, [context.Operand(node.Input(0)), .. tables], [context.Operand(node.Output())], attributes);
    }
}
