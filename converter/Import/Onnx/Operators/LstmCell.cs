using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997), with peepholes where they are given. Gates: input, output, forget, cell.
/// </summary>
internal sealed class LstmCell : RecurrentCell
{
    public const int Gates = 4;

    /// <summary>Of the gates, of what goes into the cell, of what comes out of it.</summary>
    public static readonly IReadOnlyList<string> Activations = ["Sigmoid", "Tanh", "Tanh"];

    private const int FirstState = 6;
    private const int PeepholeInput = 7;
    private const int Peepholes = 3;
    private const int Input = 0;
    private const int Output = 1;
    private const int Forget = 2;
    private const int Candidate = 3;

    private readonly Tensor[]? _peepholes;

    public LstmCell(RecurrentDirection direction)
        : base(direction, separateBiases: false)
    {
        State = direction.State(FirstState);
        _peepholes = direction.OptionalPart(PeepholeInput, Peepholes * direction.Cells) is Tensor all
            ? [.. Enumerable.Range(0, Peepholes).Select(gate => Graph.Part(all, 0, gate * direction.Cells, direction.Cells))]
            : null;
    }

    /// <summary>The cells' state [batch, cells]; null for zeros.</summary>
    public Tensor? State { get; private set; }

    protected override Tensor Next(Tensor data)
    {
        Tensor sums = Plus(data, Recurrent(Hidden, 0, Gates));
        Tensor input = Direction.Activated(0, Seen(sums, Input, State));
        Tensor taken = Times(input, Direction.Activated(1, Gate(sums, Candidate)));
        State = State is null ? taken : Plus(Times(Direction.Activated(0, Seen(sums, Forget, State)), State), taken);
        Tensor output = Direction.Activated(0, Seen(sums, Output, State));
        return Times(output, Direction.Activated(2, State));
    }

    /// <summary>A gate, which sees the cells' state through its peephole.</summary>
    private Tensor Seen(Tensor sums, int gate, Tensor? state)
    {
        Tensor sum = Gate(sums, gate);
        return _peepholes is null || state is null
            ? sum
            : Plus(sum, Times(state, _peepholes[gate]));
    }
}
