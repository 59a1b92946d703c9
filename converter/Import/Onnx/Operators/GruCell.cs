using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Gated recurrent unit (Cho et al., 2014). Gates: update, reset, hidden.</summary>
internal sealed class GruCell : RecurrentCell
{
    public const int Gates = 3;

    /// <summary>Of the gates, of the hidden state.</summary>
    public static readonly IReadOnlyList<string> Activations = ["Sigmoid", "Tanh"];

    private const int Candidate = 2;

    private readonly bool _resetsProduct;

    /// <param name="direction">Weights and activations.</param>
    /// <param name="resetsProduct">The reset gate scales the product of the hidden state with its weights, not the hidden state itself.</param>
    public GruCell(RecurrentDirection direction, bool resetsProduct)
        : base(direction, separateBiases: resetsProduct)
    {
        _resetsProduct = resetsProduct;
    }

    protected override Tensor Next(Tensor data)
    {
        Tensor? recurrent = Recurrent(Hidden, 0, _resetsProduct ? Gates : Candidate);
        Tensor gates = Direction.Activated(0, Plus(Gate(data, 0, Candidate), recurrent is null ? null : Gate(recurrent, 0, Candidate)));
        (Tensor update, Tensor reset) = (Gate(gates, 0), Gate(gates, 1));
        Tensor candidate = Direction.Activated(1, Plus(Gate(data, Candidate), Reset(reset, recurrent)));

        // (1 - update) candidate + update hidden.
        Tensor change = Hidden is null ? candidate : Graph.Arithmetic(ArithmeticFunction.Subtract, candidate, Hidden);
        Tensor kept = Times(update, change);
        return Graph.Arithmetic(ArithmeticFunction.Subtract, candidate, kept);
    }

    /// <summary>What the hidden state adds to the candidate behind the reset gate.</summary>
    private Tensor? Reset(Tensor reset, Tensor? recurrent)
    {
        if (_resetsProduct)
        {
            return recurrent is null ? null : Times(reset, Gate(recurrent, Candidate));
        }

        return Hidden is null ? null : Recurrent(Times(reset, Hidden), Candidate, 1);
    }
}
