using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;
using Extreme = EdgeQuant.Runtime.Operators.Extreme;

namespace EdgeQuant.Converter.Lower;

/// <summary>Indices of the largest or smallest elements along an axis.</summary>
internal static class ArgExtremeLowering
{
    public static void Lower(LoweringContext context, Node node, Extreme extreme)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (input.Type is not (DataType.Int8 or DataType.Int16 or DataType.Int32))
        {
            context.Refuse("Supported are int8, int16 and int32 data.", "Quantize the network to int8, or to int16 activations.");
            return;
        }

        if (output.Type != DataType.Int32)
        {
            context.Refuse("Supported are indices of int32.", "Set the operator's output type to int32 in the source network.");
            return;
        }

        if (AxisReader.Single(context, input.Rank, node.Input(1)) is not int axis)
        {
            return;
        }

        if (input.ElementCount == 0 || output.ElementCount != input.ElementCount / input.Shape[axis])
        {
            context.Refuse("The output's shape does not go with the input's and the axis.", "The file is inconsistent; convert the network again.");
            return;
        }

        context.Emit(
            OperatorKind.ArgExtreme,
            [context.Operand(input)],
            [context.Operand(output)],
            [input.Shape[axis], AxisReader.Stride(input.Shape, axis), (int)extreme]);
    }
}
