using System.Numerics.Tensors;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// Long short-term memory: for each step all gates are one product of data and hidden state with their weights; then the cell forgets, takes
/// in and gives out. States are moved to their grids in every step, as the device holds them.
/// </summary>
internal sealed class LstmKernel : FloatKernel
{
    private const int Input = 0;
    private const int Forget = 1;
    private const int Candidate = 2;
    private const int Exit = 3;

    private readonly Lstm _operation;
    private readonly RightMatrix[] _input;
    private readonly RightMatrix[] _recurrent;
    private readonly int[] _slots;
    private readonly int _output;
    private readonly Grid? _hiddenGrid;
    private readonly Grid? _cellGrid;
    private readonly int _batches;
    private readonly int _times;
    private readonly int _features;
    private readonly int _cells;

    public LstmKernel(KernelContext context, Lstm operation)
    {
        Node node = context.Node;
        int[] data = node.Input(Lstm.Data).Shape;
        _operation = operation;
        (_batches, _times) = operation.TimeFirst ? (data[1], data[0]) : (data[0], data[1]);
        _features = data[2];
        _cells = node.Output().Shape[2];
        _input = [.. Enumerable.Range(Lstm.InputWeights, Lstm.Gates).Select(index => new RightMatrix(_features, _cells, 1, _features).With(context.Constant(index)))];
        _recurrent = [.. Enumerable.Range(Lstm.RecurrentWeights, Lstm.Gates).Select(index => new RightMatrix(_cells, _cells, 1, _cells).With(context.Constant(index)))];
        _slots = [.. Enumerable.Range(0, node.Inputs.Length).Select(context.Input)];
        _output = context.Output();
        _hiddenGrid = Grid.Of(node.Input(Lstm.HiddenState));
        _cellGrid = Grid.Of(node.Input(Lstm.CellState));
    }

    public override void Run(FloatWorkspace workspace)
    {
        int gates = Lstm.Gates * _cells;
        Span<float> scratch = workspace.Scratch((2 * gates) + Math.Max(_input[0].ScratchLength, _recurrent[0].ScratchLength));
        for (int time = 0; time < _times; time++)
        {
            for (int batch = 0; batch < _batches; batch++)
            {
                int at = _operation.TimeFirst ? (time * _batches) + batch : (batch * _times) + time;
                Span<float> hidden = workspace[_slots[Lstm.HiddenState]].AsSpan(batch * _cells, _cells);
                ReadOnlySpan<float> data = workspace[_slots[Lstm.Data]].AsSpan(at * _features, _features);
                Gates(workspace, data, hidden, scratch);
                Step(scratch[..gates], workspace[_slots[Lstm.CellState]].AsSpan(batch * _cells, _cells), hidden);
                hidden.CopyTo(workspace[_output].AsSpan(at * _cells));
            }
        }
    }

    private void Gates(FloatWorkspace workspace, ReadOnlySpan<float> data, ReadOnlySpan<float> hidden, Span<float> scratch)
    {
        Bounds all = Bounds.Of(Activation.None);
        int gates = Lstm.Gates * _cells;
        for (int gate = 0; gate < Lstm.Gates; gate++)
        {
            Span<float> sums = scratch.Slice(gate * _cells, _cells);
            Span<float> recurrent = scratch.Slice(gates + (gate * _cells), _cells);
            PanelMatrix weights = _input[gate].Packed(workspace[_slots[Lstm.InputWeights + gate]], scratch[(2 * gates)..]);
            MatrixProduct.Run(data, _features, 1, weights, workspace[_slots[Lstm.Biases + gate]], all, sums, _cells);
            weights = _recurrent[gate].Packed(workspace[_slots[Lstm.RecurrentWeights + gate]], scratch[(2 * gates)..]);
            MatrixProduct.Run(hidden, _cells, 1, weights, [], all, recurrent, _cells);
            TensorPrimitives.Add(sums, recurrent, sums);
        }
    }

    private void Step(Span<float> gates, Span<float> cell, Span<float> hidden)
    {
        Span<float> input = gates.Slice(Input * _cells, _cells);
        Span<float> forget = gates.Slice(Forget * _cells, _cells);
        Span<float> candidate = gates.Slice(Candidate * _cells, _cells);
        Span<float> exit = gates.Slice(Exit * _cells, _cells);
        TensorPrimitives.Sigmoid(input, input);
        TensorPrimitives.Sigmoid(forget, forget);
        TensorPrimitives.Tanh(candidate, candidate);
        TensorPrimitives.Sigmoid(exit, exit);
        TensorPrimitives.Multiply(cell, forget, cell);
        TensorPrimitives.MultiplyAdd(input, candidate, cell, cell);
        if (_operation.CellClip > 0)
        {
            TensorPrimitives.Clamp(cell, -_operation.CellClip, _operation.CellClip, cell);
        }

        _cellGrid?.Round(cell);
        TensorPrimitives.Tanh(cell, hidden);
        TensorPrimitives.Multiply(hidden, exit, hidden);
        _hiddenGrid?.Round(hidden);
    }
}
