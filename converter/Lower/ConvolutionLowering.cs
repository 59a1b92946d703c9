using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// Convolutions: multipliers for each channel, a scratch window where a window is more than one pixel, and scratch for weights of mixed
/// precision.
/// </summary>
internal static class ConvolutionLowering
{
    public static void Lower(LoweringContext context, Node node, Convolution2D operation)
    {
        if (!RowParametersLowering.Check(context, node, 0) || !WindowLowering.Check(context, operation.Window))
        {
            return;
        }

        Tensor data = node.Input(0);
        Tensor filter = node.Input(1);
        int channels = filter.Shape[0];
        WindowAttributes window = operation.Window;
        RowParametersLowering? rows = RowParametersLowering.Of(
            context, node, operation.Activation, RowParametersLowering.PerChannel(node, channels), RowParametersLowering.WeightZeroPoint(node), node.OptionalInput(2)?.Type == DataType.Int64);
        if (rows is null)
        {
            return;
        }

        bool single = filter.Shape[1] == 1 && filter.Shape[2] == 1 && filter.Shape[3] == data.Shape[3] && window is { PaddingTop: 0, PaddingLeft: 0 };
        ElementType type = data.Type == DataType.Int16 ? ElementType.Int16 : ElementType.Int8;
        LoweredTensor[] scratch = single ? [] : [context.Scratch(type, filter.Shape[1] * filter.Shape[2] * filter.Shape[3])];
        LoweredTensor weights = context.WeightOperand(filter);
        bool mixed = MixedLowering.Applies(node, weights);
        int groups = data.Shape[3] / filter.Shape[3];
        context.Emit(
            mixed ? OperatorKind.MixedConvolution : OperatorKind.Convolution,
            [context.Operand(data), weights, rows.Bias, rows.Multipliers, rows.Shifts, .. RowParametersLowering.WeightOffsets(context, node)],
            [context.Operand(node.Output())],
            [.. WindowLowering.Attributes(window), .. rows.Attributes],
            mixed ? [.. MixedLowering.RowScratch(context, weights, channels / groups, node.Output().ElementCount / channels), .. scratch] : scratch);
    }

    public static void Lower(LoweringContext context, Node node, DepthwiseConvolution2D operation)
    {
        if (!RowParametersLowering.Check(context, node, 3) || !WindowLowering.Check(context, operation.Window))
        {
            return;
        }

        if (!node.Input(1).Quantization!.HasOneZeroPoint)
        {
            context.Refuse("The weights are asymmetric, with a zero point for each channel; the device has no such depthwise convolution.", "Quantize these weights symmetrically.");
            return;
        }

        Tensor filter = node.Input(1);
        int channels = filter.Shape[3];
        RowParametersLowering? rows = RowParametersLowering.Of(
            context, node, operation.Activation, RowParametersLowering.PerChannel(node, channels), RowParametersLowering.WeightZeroPoint(node), wide: true);
        if (rows is null)
        {
            return;
        }

        LoweredTensor weights = context.WeightOperand(filter);
        bool mixed = MixedLowering.Applies(node, weights);
        LoweredTensor[] scratch = mixed ? MixedLowering.ChannelScratch(context, weights, channels / node.Input(0).Shape[3])
            : filter.Type == DataType.Int4 ? [context.Scratch(ElementType.Int8, channels)]
            : [];
        context.Emit(
            mixed ? OperatorKind.MixedDepthwiseConvolution : OperatorKind.DepthwiseConvolution,
            [context.Operand(node.Input(0)), weights, rows.Bias, rows.Multipliers, rows.Shifts],
            [context.Operand(node.Output())],
            [.. WindowLowering.Attributes(operation.Window), .. rows.Attributes],
            scratch);
    }
}
