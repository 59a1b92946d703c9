using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Long short-term memory over a sequence. Inputs: data [batch, time, features] ([time, batch, features] if time comes first); weights of
/// the data for the input, forget, cell and output gate, each [cells, features]; recurrent weights in the same order, each [cells, cells];
/// biases in the same order, each [cells]; hidden state and cell state, each with batch x cells elements, which the node writes too.
/// Output: the hidden state after each step.
/// </summary>
/// <param name="TimeFirst">The data's first dimension is time.</param>
/// <param name="CellClip">Limit of the cell state's size as a real number; 0 for none.</param>
internal sealed record Lstm(bool TimeFirst, float CellClip) : Operation
{
    public const int Data = 0;
    public const int InputWeights = 1;
    public const int RecurrentWeights = 5;
    public const int Biases = 9;
    public const int HiddenState = 13;
    public const int CellState = 14;

    /// <summary>The number of gates.</summary>
    public const int Gates = 4;

    public override Operands Takes() => Operands.Of(15);

    public override void Check(NodeCheck check)
    {
        int[] data = check.Input(Data).Shape;
        int[] output = check.Output().Shape;
        bool fits = data.Length == 3 && output.Length == 3 && output[0] == data[0] && output[1] == data[1];
        if (fits)
        {
            int cells = output[2];
            long states = (long)data[TimeFirst ? 1 : 0] * cells;
            fits = check.Input(HiddenState).ElementCount == states && check.Input(CellState).ElementCount == states;
            for (int gate = 0; gate < Gates; gate++)
            {
                fits &= check.Input(InputWeights + gate).Shape.AsSpan().SequenceEqual([cells, data[2]]);
                fits &= check.Input(RecurrentWeights + gate).Shape.AsSpan().SequenceEqual([cells, cells]);
                fits &= check.Input(Biases + gate).Shape.AsSpan().SequenceEqual([cells]);
            }
        }

        check.Require(fits, "The shapes of data, weights, biases, states and output do not fit each other.");
    }
}
