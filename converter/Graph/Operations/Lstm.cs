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
}
