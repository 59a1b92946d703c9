using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>A recurrent cell: what one step makes of the data and the state before it.</summary>
internal abstract class RecurrentCell
{
    private const int FirstHidden = 5;

    private readonly Tensor _recurrentWeights;
    private readonly Tensor? _recurrentBias;
    private readonly Dictionary<int, (Tensor Weights, Tensor? Bias)> _slices = [];

    /// <param name="direction">Weights and activations.</param>
    /// <param name="separateBiases">False if what is added to the product of the hidden state may as well be added to that of the data.</param>
    protected RecurrentCell(RecurrentDirection direction, bool separateBiases)
    {
        Direction = direction;
        Hidden = direction.State(FirstHidden);
        _recurrentWeights = direction.RecurrentWeights;
        Tensor? bias = direction.Bias;
        Tensor? recurrent = direction.RecurrentBias;
        Bias = separateBiases || bias is null ? bias : Graph.Arithmetic(ArithmeticFunction.Add, bias, recurrent!);
        _recurrentBias = separateBiases ? recurrent : null;
    }

    /// <summary>The hidden state [batch, cells]; null for zeros.</summary>
    public Tensor? Hidden { get; protected set; }

    protected RecurrentDirection Direction { get; }

    protected NodeBuilder Graph => Direction.Graph;

    private Tensor? Bias { get; }

    /// <summary>The products of all steps' data with the weights: of [steps x batch, features] are made [steps x batch, gates x cells].</summary>
    public Tensor Products(Tensor rows)
    {
        return Product(rows, Direction.Weights, Bias);
    }

    /// <summary>Runs a step.</summary>
    /// <param name="data">The product of its data with the weights [batch, gates x cells].</param>
    /// <returns>The hidden state behind it [batch, cells].</returns>
    public Tensor Step(Tensor data)
    {
        Hidden = Next(data);
        return Hidden;
    }

    protected abstract Tensor Next(Tensor data);

    /// <summary>The product of a state [batch, cells] with the recurrent weights of some gates; null if the state is null and nothing is added.</summary>
    protected Tensor? Recurrent(Tensor? state, int firstGate, int gates)
    {
        // All steps share their weights, so a slice is made once.
        if (!_slices.TryGetValue(firstGate, out (Tensor Weights, Tensor? Bias) slice))
        {
            int first = firstGate * Direction.Cells;
            int count = gates * Direction.Cells;
            slice = (Graph.Part(_recurrentWeights, 0, first, count), _recurrentBias is null ? null : Graph.Part(_recurrentBias, 0, first, count));
            _slices.Add(firstGate, slice);
        }

        return state is null ? (slice.Bias is null ? null : Graph.Reshaped(slice.Bias, 1, slice.Bias.ElementCount)) : Product(state, slice.Weights, slice.Bias);
    }

    /// <summary>A gate's part of [batch, gates x cells].</summary>
    protected Tensor Gate(Tensor all, int gate, int gates = 1)
    {
        return Graph.Part(all, 1, gate * Direction.Cells, gates * Direction.Cells);
    }

    protected Tensor Plus(Tensor data, Tensor? addend)
    {
        return addend is null ? data : Graph.Arithmetic(ArithmeticFunction.Add, data, addend);
    }

    protected Tensor Times(Tensor left, Tensor right)
    {
        return Graph.Arithmetic(ArithmeticFunction.Multiply, left, right);
    }

    private Tensor Product(Tensor rows, Tensor weights, Tensor? bias)
    {
        return Graph.Add(new FullyConnected(Activation.None), [rows.Shape[0], weights.Shape[0]], rows, weights, bias);
    }
}
