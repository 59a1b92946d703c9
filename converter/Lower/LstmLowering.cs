using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Long short-term memories: the four gates' weights and biases one below the other, all factors as the reference rounds them.</summary>
internal static class LstmLowering
{
    /// <summary>Gates before their activation are in Q3.12.</summary>
    private const double GateScale = 1.0 / 4096;

    /// <summary>Activated gates and tanh(cell) are in Q0.15.</summary>
    private const double ActivatedScale = 1.0 / 32768;

    private const int FreeCell = 32768;

    public static void Lower(LoweringContext context, Node node, Lstm operation)
    {
        if (!CheckTypes(context, node, operation))
        {
            return;
        }

        Tensor hidden = node.Input(Lstm.HiddenState);
        Tensor cell = node.Input(Lstm.CellState);
        int rows = Lstm.Gates * node.Output().Shape[2];
        LoweredTensor inputWeights = StackedWeights(context, node, Lstm.InputWeights);
        LoweredTensor recurrentWeights = StackedWeights(context, node, Lstm.RecurrentWeights);
        context.Emit(
            OperatorKind.Lstm,
            [
                context.Operand(node.Input(Lstm.Data)),
                inputWeights,
                StackedBiases(context, node),
                recurrentWeights,
            ],
            [context.Operand(node.Output()), context.Operand(hidden), context.Operand(cell)],
            Attributes(node, operation),
            [
                context.Scratch(ElementType.Int16, rows),
                .. MixedLowering.PartScratch(context, inputWeights, rows, inputWeights.Shape[^1], vectors: 1),
                .. MixedLowering.PartScratch(context, recurrentWeights, rows, recurrentWeights.Shape[^1], vectors: 1),
            ]);
    }

    private static int[] Attributes(Node node, Lstm operation)
    {
        Tensor data = node.Input(Lstm.Data);
        Tensor hidden = node.Input(Lstm.HiddenState);
        float cellScale = node.Input(Lstm.CellState).Quantization!.Scale;
        List<int> attributes = [operation.TimeFirst ? 1 : 0, -data.Quantization!.ZeroPoint, hidden.Quantization!.ZeroPoint];
        for (int gate = 0; gate < Lstm.Gates; gate++)
        {
            attributes.AddRange(RescalingLowering.Attributes(GateFactor(data, node.Input(Lstm.InputWeights + gate))));
            attributes.AddRange(RescalingLowering.Attributes(GateFactor(hidden, node.Input(Lstm.RecurrentWeights + gate))));
        }

        attributes.AddRange(RescalingLowering.Attributes(ActivatedScale * cellScale / cellScale));
        attributes.AddRange(RescalingLowering.Attributes(ActivatedScale * ActivatedScale / cellScale));
        attributes.AddRange(RescalingLowering.Attributes(ActivatedScale * ActivatedScale / hidden.Quantization.Scale));
        attributes.Add(operation.CellClip > 0 ? (int)Math.Min((double)operation.CellClip / cellScale, short.MaxValue) : FreeCell);
        attributes.AddRange(CellTanh(cellScale));
        return [.. attributes];
    }

    /// <summary>The reference multiplies the two scales in single precision and divides in double.</summary>
    private static double GateFactor(Tensor vector, Tensor weights)
    {
        float product = vector.Quantization!.Scale * weights.Quantization!.Scale;
        return product / GateScale;
    }

    /// <summary>Multiplier and shift of the tanh's argument: the cell's scale, taken as a power of two, in units of 1 / (3 x 4096).</summary>
    private static int[] CellTanh(float cellScale)
    {
        const int Unit = 3;
        int shift = Power(cellScale) + 12;
        return shift >= 0 ? [Unit << shift, 0] : [Unit, -shift];
    }

    /// <summary>The exponent of the power of two nearest to a scale (TensorFlow Lite's CheckedLog2, in single precision).</summary>
    private static int Power(float scale)
    {
        return (int)MathF.Round(MathF.Log(scale) * (1.0f / MathF.Log(2.0f)), MidpointRounding.AwayFromZero);
    }

    /// <summary>The biases of all gates one behind the other.</summary>
    private static LoweredTensor StackedBiases(LoweringContext context, Node node)
    {
        Tensor one = node.Input(Lstm.Biases);
        return context.Constant(one.Type == DataType.Int64 ? ElementType.Int64 : ElementType.Int32, Bytes(node, Lstm.Biases), [Lstm.Gates * one.Shape[0]]);
    }

    /// <summary>
    /// The weights of all gates one below the other. A matrix for each gate where they are not dense: each gate has the codebook that its weights
    /// were given.
    /// </summary>
    private static LoweredTensor StackedWeights(LoweringContext context, Node node, int first)
    {
        Tensor[] gates = [.. Enumerable.Range(first, Lstm.Gates).Select(node.Input)];
        Tensor stacked = new(gates[0].Name, gates[0].Type, [Lstm.Gates, .. gates[0].Shape])
        {
            Data = gates[0].Type == DataType.Int4
                ? Int4Elements.Pack([.. gates.SelectMany(gate => Int4Elements.Unpack(gate.Data!.Value.Span, gate.ElementCount))])
                : Bytes(node, first),
            Shared = Array.TrueForAll(gates, gate => gate.Shared is { IsPerChannel: false }) ? new SharedWeights([.. gates.Select(gate => gate.Shared!.Codebooks[0])], 0) : null,
        };
        return MixedLowering.IsDense(stacked)
            ? context.Constant(ElementType.Int8, stacked.Data!.Value.ToArray(), [Lstm.Gates * gates[0].Shape[0], gates[0].Shape[1]])
            : context.WeightOperand(stacked);
    }

    private static byte[] Bytes(Node node, int first)
    {
        return [.. Enumerable.Range(first, Lstm.Gates).SelectMany(input => node.Input(input).Data!.Value.ToArray())];
    }

    private static bool CheckTypes(LoweringContext context, Node node, Lstm operation)
    {
        int before = context.Refusals.Count;
        Tensor data = node.Input(Lstm.Data);
        Tensor hidden = node.Input(Lstm.HiddenState);
        Tensor cell = node.Input(Lstm.CellState);
        IEnumerable<Tensor> weights = Enumerable.Range(Lstm.InputWeights, 2 * Lstm.Gates).Select(node.Input);
        IEnumerable<Tensor> biases = Enumerable.Range(Lstm.Biases, Lstm.Gates).Select(node.Input);
        DataType biasType = data.Type == DataType.Int16 ? DataType.Int64 : DataType.Int32;
        if (data.Type is not (DataType.Int8 or DataType.Int16) || hidden.Type != data.Type || node.Output().Type != data.Type || cell.Type != DataType.Int16)
        {
            context.Refuse("Data, hidden state and output must be int8, or all int16, and the cell state int16.", "Convert the network again with full integer quantization.");
        }

        DataType weightType = node.Input(Lstm.InputWeights).Type;
        if (weightType is not (DataType.Int8 or DataType.Int4) || weights.Any(tensor => !tensor.IsConstant || tensor.Type != weightType) || biases.Any(tensor => !tensor.IsConstant || tensor.Type != biasType))
        {
            context.Refuse(
                "The weights must be int8 constants, or all int4, the biases int32 constants (int64 with 16-bit data).",
                "Convert the network again with full integer quantization.");
        }

        if (!hidden.IsState || !cell.IsState)
        {
            context.Refuse("The hidden or the cell state is no variable.", "Convert the network again: both must keep their value from one step to the next.");
        }

        IEnumerable<Tensor> scaled = weights.Concat([data, hidden, cell]);
        if (scaled.Any(tensor => tensor.Quantization is null || tensor.Quantization.IsPerChannel))
        {
            context.Refuse("Data, weights and states must have one scale each.", "Quantize this operator per tensor.");
        }
        else if (weights.Any(tensor => tensor.Quantization!.ZeroPoint != 0) || cell.Quantization!.ZeroPoint != 0)
        {
            context.Refuse("Weights and cell state must be symmetric (zero point 0).", "Convert the network again with the default quantization.");
        }
        else if (!(cell.Quantization.Scale > 0) || Math.Abs(Power(cell.Quantization.Scale)) > 30)
        {
            context.Refuse($"The cell state's scale is {cell.Quantization.Scale}; it must be a power of two from 2^-30 to 2^15.", "Convert the network again with full integer quantization.");
        }

        if (!(operation.CellClip >= 0))
        {
            context.Refuse("The clip of the cell state is negative.", "Use 0 for no clip.");
        }

        return context.Refusals.Count == before;
    }
}
