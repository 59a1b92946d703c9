using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Singular value decomposition filters.</summary>
internal static class SvdfLowering
{
    private const int Data = 0;
    private const int FeatureWeights = 1;
    private const int TimeWeights = 2;
    private const int Bias = 3;
    private const int State = 4;

    public static void Lower(LoweringContext context, Node node, Svdf operation)
    {
        if (!CheckTypes(context, node) || !CheckShapes(context, node, operation))
        {
            return;
        }

        Tensor data = node.Input(Data);
        Tensor state = node.Input(State);
        Tensor output = node.Output();

        // The reference computes both factors in single precision.
        float stateFactor = data.Quantization!.Scale * node.Input(FeatureWeights).Quantization!.Scale / state.Quantization!.Scale;
        float outputFactor = state.Quantization.Scale * node.Input(TimeWeights).Quantization!.Scale / output.Quantization!.Scale;
        context.Emit(
            OperatorKind.Svdf,
            [
                context.Operand(data),
                context.Operand(node.Input(FeatureWeights)),
                context.Operand(node.Input(TimeWeights)),
                context.OptionalOperand(node.Inputs[Bias]),
            ],
            [context.Operand(output), context.Operand(state)],
            [
                -data.Quantization.ZeroPoint,
                state.Quantization.ZeroPoint,
                .. RescalingLowering.Attributes(stateFactor),
                .. RescalingLowering.Attributes(outputFactor),
                output.Quantization.ZeroPoint,
            ]);
    }

    private static bool CheckTypes(LoweringContext context, Node node)
    {
        int before = context.Refusals.Count;
        Tensor timeWeights = node.Input(TimeWeights);
        Tensor state = node.Input(State);
        if (node.Input(Data).Type != DataType.Int8
            || node.Input(FeatureWeights).Type != DataType.Int8
            || timeWeights.Type is not (DataType.Int8 or DataType.Int16)
            || state.Type != timeWeights.Type
            || node.Output().Type != DataType.Int8)
        {
            context.Refuse(
                "Supported are int8 data, feature weights and output, with time weights and state both int8 or both int16.",
                "Convert the network again with full integer quantization.");
        }

        if (!state.IsState)
        {
            context.Refuse("The activation state is no variable.", "Convert the network again: the state must keep its value from one inference to the next.");
        }

        if (node.Inputs[Bias] is Tensor bias && !(bias.IsConstant && bias.Type == DataType.Int32))
        {
            context.Refuse("The bias must be an int32 constant.", "Convert the network again with full integer quantization.");
        }

        Tensor[] scaled = [node.Input(Data), node.Input(FeatureWeights), timeWeights, state, node.Output()];
        if (scaled.Any(tensor => tensor.Quantization is null || tensor.Quantization.IsPerChannel))
        {
            context.Refuse("Data, weights, state and output must have one scale each.", "Quantize this operator per tensor.");
        }

        return context.Refusals.Count == before;
    }

    private static bool CheckShapes(LoweringContext context, Node node, Svdf operation)
    {
        int[] data = node.Input(Data).Shape;
        int[] feature = node.Input(FeatureWeights).Shape;
        int[] time = node.Input(TimeWeights).Shape;
        int[] output = node.Output().Shape;
        bool fits = data.Length == 2
            && feature.Length == 2
            && time.Length == 2
            && output.Length == 2
            && feature[1] == data[1]
            && time[0] == feature[0]
            && output[0] == data[0]
            && operation.Rank >= 1
            && (long)output[1] * operation.Rank == feature[0]
            && node.Input(State).ElementCount == (long)data[0] * feature[0] * time[1]
            && (node.Inputs[Bias] is not Tensor bias || bias.ElementCount == output[1]);
        if (!fits)
        {
            context.Refuse("The shapes of data, weights, bias, state and output do not fit each other and the rank.", "Convert the source network again.");
        }

        return fits;
    }
}
