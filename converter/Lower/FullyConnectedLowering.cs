using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Fully connected operators: one multiplier, or one for each output.</summary>
internal static class FullyConnectedLowering
{
    public static void Lower(LoweringContext context, Node node, FullyConnected operation)
    {
        if (!RowParametersLowering.Check(context, node, 0))
        {
            return;
        }

        Tensor weights = node.Input(1);
        RowParametersLowering? rows = RowParametersLowering.Of(
            context, node, operation.Activation, Multipliers(node, weights), RowParametersLowering.WeightZeroPoint(node), node.OptionalInput(2)?.Type != DataType.Int32);
        if (rows is null)
        {
            return;
        }

        LoweredTensor matrix = context.WeightOperand(weights);
        bool mixed = MixedLowering.Applies(node, matrix);
        context.Emit(
            mixed ? OperatorKind.MixedFullyConnected : OperatorKind.FullyConnected,
            [context.Operand(node.Input(0)), matrix, rows.Bias, rows.Multipliers, rows.Shifts, .. RowParametersLowering.WeightOffsets(context, node)],
            [context.Operand(node.Output())],
            rows.Attributes,
            mixed ? MixedLowering.RowScratch(context, matrix, weights.Shape[0], node.Input(0).ElementCount / weights.Shape[1]) : []);
    }

    /// <summary>The reference multiplies the two scales of a per-tensor product in single precision.</summary>
    private static double[] Multipliers(Node node, Tensor weights)
    {
        if (weights.Quantization!.IsPerChannel)
        {
            return RowParametersLowering.PerChannel(node, weights.Shape[0]);
        }

        float product = node.Input(0).Quantization!.Scale * weights.Quantization.Scale;
        return [(double)product / node.Output().Quantization!.Scale];
    }
}
