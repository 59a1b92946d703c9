using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Lower;

/// <summary>Functions of two tensors: with their scales on int8 and int16, as plain integers on int32 and for maximum and minimum.</summary>
internal static class ArithmeticLowering
{
    public static void Lower(LoweringContext context, Node node, Arithmetic operation)
    {
        Tensor left = node.Input(0);
        Tensor right = node.Input(1);
        Tensor output = node.Output();
        if (output.Type is not (DataType.Int8 or DataType.Int16 or DataType.Int32) || left.Type != output.Type || right.Type != output.Type)
        {
            context.Refuse(
                "Supported are two inputs and an output of one type: int8, int16 or int32.",
                "Quantize the network to int8 throughout: floating point is supported at its inputs and outputs only.");
            return;
        }

        int[]? broadcast = BroadcastLowering.Attributes(context, output.Shape, left.Shape, right.Shape);
        if (broadcast is null)
        {
            return;
        }

        if (output.Type == DataType.Int32 || operation.Function is ArithmeticFunction.Maximum or ArithmeticFunction.Minimum)
        {
            LowerInteger(context, node, operation, broadcast);
        }
        else if (QuantizedOperands.Check(context, left, right, output) && ScaledArithmetic.Of(context, node, operation) is ScaledArithmetic scaled)
        {
            context.Emit(scaled.Kind, [context.Operand(left), context.Operand(right)], [context.Operand(output)], [.. broadcast, .. scaled.Attributes]);
        }
    }

    private static void LowerInteger(LoweringContext context, Node node, Arithmetic operation, int[] broadcast)
    {
        bool scales = node.Input(0).Quantization is not null || node.Input(1).Quantization is not null;
        if (scales && operation.Function is ArithmeticFunction.Add or ArithmeticFunction.Subtract or ArithmeticFunction.Divide)
        {
            context.Refuse("The int32 inputs have scales; supported are plain integers.", "Requantize the inputs to int8 before this operator.");
            return;
        }

        IntegerFunction function = operation.Function switch
        {
            ArithmeticFunction.Add => IntegerFunction.Add,
            ArithmeticFunction.Subtract => IntegerFunction.Subtract,
            ArithmeticFunction.Multiply => IntegerFunction.Multiply,
            ArithmeticFunction.Divide => IntegerFunction.Divide,
            ArithmeticFunction.SquaredDifference => IntegerFunction.SquaredDifference,
            ArithmeticFunction.Maximum => IntegerFunction.Maximum,
            _ => IntegerFunction.Minimum,
        };
        (int minimum, int maximum) = Range(operation);
        context.Emit(
            OperatorKind.IntegerArithmetic,
            [context.Operand(node.Input(0)), context.Operand(node.Input(1))],
            [context.Operand(node.Output())],
            [.. broadcast, (int)function, minimum, maximum]);
    }

    /// <summary>The clamp of a fused activation on plain integers. The reference ignores one on a sum of int32.</summary>
    private static (int Minimum, int Maximum) Range(Arithmetic operation)
    {
        return (operation.Function == ArithmeticFunction.Add ? Activation.None : operation.Activation) switch
        {
            Activation.Relu => (0, int.MaxValue),
            Activation.Relu6 => (0, 6),
            Activation.ReluN1To1 => (-1, 1),
            _ => (int.MinValue, int.MaxValue),
        };
    }
}
