using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Operators;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>
/// Weights, biases and states of a long short-term memory. The hidden state has the parameters of the output; the cell state has 16 bits and a
/// power of two as its scale.
/// </summary>
internal sealed class LstmQuantizer : ParameterQuantizer
{
    /// <summary>
    /// What is known of the cell is what it holds at the end of sequences. Between it may hold more, and 16 bits leave room for it: a step of
    /// the cell stays far below one of the hidden state.
    /// </summary>
    private const float CellMargin = 4;

    public override bool Handles(Node node, int input)
    {
        return input != Lstm.Data;
    }

    public override void Run(QuantizationContext context, TensorRanges ranges, Node node)
    {
        if (!RecurrentWeights.Check(context, node))
        {
            return;
        }

        Tensor data = node.Input(Lstm.Data);
        Tensor hidden = node.Input(Lstm.HiddenState);
        Tensor cell = node.Input(Lstm.CellState);
        TensorRange cellRange = ranges.Of(cell, DataType.Int16, context.Schemes[node]);
        Quantization cellScale = AffineParameters.Of(Widened(cellRange, ((Lstm)node.Operation).CellClip), DataType.Int16, symmetric: true, powerOfTwo: true);
        QuantizedStates.Run(hidden, data.Type, node.Output().Quantization!);
        QuantizedStates.Run(cell, DataType.Int16, cellScale);
        for (int gate = 0; gate < Lstm.Gates; gate++)
        {
            QuantizeGate(context, node, gate);
        }
    }

    private static void QuantizeGate(QuantizationContext context, Node node, int gate)
    {
        Tensor data = node.Input(Lstm.Data);
        bool wide = data.Type == DataType.Int16;
        Tensor bias = node.Input(Lstm.Biases + gate);
        if (QuantizedConstants.Values(context, node, bias) is not float[] biases)
        {
            return;
        }

        double smallest = biases.Max(value => BiasQuantizer.SmallestProductScale(value, wide)) / data.Quantization!.Scale;
        Tensor? input = RecurrentWeights.Run(context, node, Lstm.InputWeights + gate, smallest);
        Tensor? recurrent = RecurrentWeights.Run(context, node, Lstm.RecurrentWeights + gate, 0);
        if (input is null || recurrent is null)
        {
            return;
        }

        node.Inputs[Lstm.InputWeights + gate] = input;
        node.Inputs[Lstm.RecurrentWeights + gate] = recurrent;
        node.Inputs[Lstm.Biases + gate] = BiasQuantizer.Run(bias.Name, biases, data.Quantization.Scale, input.Quantization!, wide);
    }

    private static TensorRange Widened(TensorRange range, float clip)
    {
        float limit = CellMargin * Math.Max(1, Math.Max(-range.Minimum, range.Maximum));
        limit = clip > 0 ? Math.Min(limit, clip) : limit;
        return new TensorRange(-limit, limit);
    }
}
