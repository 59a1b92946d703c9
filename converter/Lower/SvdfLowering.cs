using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Singular value decomposition filters.</summary>
internal static class SvdfLowering
{
    public static void Lower(LoweringContext context, Node node, Svdf operation)
    {
        if (!CheckTypes(context, node) || !CheckActivation(context, node.Output(), operation.Activation))
        {
            return;
        }

        Tensor data = node.Input(Svdf.Data);
        Tensor state = node.Input(Svdf.State);
        Tensor output = node.Output();

        // The reference computes both factors in single precision.
        float stateFactor = data.Quantization!.Scale * node.Input(Svdf.FeatureWeights).Quantization!.Scale / state.Quantization!.Scale;
        LoweredTensor featureWeights = context.WeightOperand(node.Input(Svdf.FeatureWeights));
        LoweredTensor timeWeights = context.WeightOperand(node.Input(Svdf.TimeWeights));
        float outputFactor = state.Quantization.Scale * node.Input(Svdf.TimeWeights).Quantization!.Scale / output.Quantization!.Scale;
        context.Emit(
            OperatorKind.Svdf,
            [
                context.Operand(data),
                featureWeights,
                timeWeights,
                context.OptionalOperand(node.Inputs[Svdf.Bias]),
            ],
            [context.Operand(output), context.Operand(state)],
            [
                -data.Quantization.ZeroPoint,
                state.Quantization.ZeroPoint,
                .. RescalingLowering.Attributes(stateFactor),
                .. RescalingLowering.Attributes(outputFactor),
                output.Quantization.ZeroPoint,
            ],
            [
                .. MixedLowering.PartScratch(context, featureWeights, featureWeights.Shape[0], featureWeights.Shape[1], vectors: 1),
                .. MixedLowering.PartScratch(context, timeWeights, 1, timeWeights.Shape[1], vectors: 1),
            ]);
    }

    /// <summary>The device clamps to the output's type: an activation has to be all that the output can hold.</summary>
    private static bool CheckActivation(LoweringContext context, Tensor output, Activation activation)
    {
        bool fits = OutputRange.Of(output, activation) == OutputRange.Of(output, Activation.None);
        if (!fits)
        {
            context.Refuse($"Its output can hold numbers that its activation {activation} cuts off.", "Quantize its output to the range of the activation.");
        }

        return fits;
    }

    private static bool CheckTypes(LoweringContext context, Node node)
    {
        int before = context.Refusals.Count;
        Tensor timeWeights = node.Input(Svdf.TimeWeights);
        Tensor state = node.Input(Svdf.State);
        Tensor data = node.Input(Svdf.Data);
        bool wide = timeWeights.Type == DataType.Int16 || data.Type == DataType.Int16;
        if (data.Type is not (DataType.Int8 or DataType.Int16)
            || node.Input(Svdf.FeatureWeights).Type is not (DataType.Int8 or DataType.Int4)
            || timeWeights.Type is not (DataType.Int8 or DataType.Int4 or DataType.Int16)
            || !(state.Type == DataType.Int16 || (state.Type == DataType.Int8 && !wide))
            || node.Output().Type != data.Type)
        {
            context.Refuse(
                "Supported are int8 data and output, or both int16; feature weights of int8 or int4, time weights of int8, int4 or int16; a state of int16, or of int8 if neither data nor time weights are int16.",
                "Convert the network again with full integer quantization.");
        }

        if (!state.IsState)
        {
            context.Refuse("The activation state is no variable.", "Convert the network again: the state must keep its value from one inference to the next.");
        }

        if (node.Inputs[Svdf.Bias] is Tensor bias && !(bias.IsConstant && bias.Type == DataType.Int32))
        {
            context.Refuse("The bias must be an int32 constant.", "Convert the network again with full integer quantization.");
        }

        Tensor[] scaled = [node.Input(Svdf.Data), node.Input(Svdf.FeatureWeights), timeWeights, state, node.Output()];
        if (scaled.Any(tensor => tensor.Quantization is null || tensor.Quantization.IsPerChannel))
        {
            context.Refuse("Data, weights, state and output must have one scale each.", "Quantize this operator per tensor.");
        }

        return context.Refusals.Count == before;
    }
}
