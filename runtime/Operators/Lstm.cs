using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// A long short-term memory over a sequence, with integers as TensorFlow Lite Micro computes it: each gate is the saturating sum of two
/// matrix products rescaled to Q3.12, then the logistic function (tanh for the cell gate) to Q0.15.
/// </summary>
/// <remarks>
/// Inputs: data (int8 or int16, [batch, time, features], or [time, batch, features] if time comes first), input weights [4 x cells,
/// features] or [4, cells, features] (int8 in any encoding; rows of the input, forget, cell and output gate), bias [4 x cells] (int32, int64
/// for 16-bit data), recurrent weights [4 x cells, cells] or [4, cells, cells] (int8 in any encoding). Shared weights have one codebook, or one
/// for each index of the first dimension. Outputs: data (type of the input, the input's shape with cells for features), hidden state (type of
/// the input) and cell state (int16), both batch x cells elements in the state, which are read too. Scratch: 4 x cells int16; one or more
/// rows of the input weights, then of the recurrent weights (int8), each only where they are not dense. Attributes: time first (0 or 1),
/// input offset (minus the zero point), hidden zero point; for each gate those of <see cref="Rescaling"/> for the input product and for the
/// recurrent product; those for forget gate x cell, for input gate x cell gate, for output gate x tanh(cell); the cell's clip (0 to 32768; the
/// cell stays within its negative and itself, 32768 leaves it free), the tanh's multiplier and shift (<see cref="Logistic16.Tanh"/>).
/// </remarks>
internal sealed class Lstm : Operator
{
    private const int Gates = 4;
    private const int InputGate = 0;
    private const int ForgetGate = 1;
    private const int CellGate = 2;
    private const int OutputGate = 3;

    // Gates are in Q3.12, which a power of two (here the 0th) brings to the table's units.
    private const int GateMultiplier = 3;

    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly WeightBlocks _inputWeights;
    private readonly WeightBlocks _recurrentWeights;
    private readonly Int32ParameterData _bias;
    private readonly Int64ParameterData _wideBias;
    private readonly TensorData _output;
    private readonly TensorData _hidden;
    private readonly TensorData _cell;
    private readonly TensorData _gates;
    private readonly bool _wide;
    private readonly bool _timeFirst;
    private readonly int _batches;
    private readonly int _steps;
    private readonly int _features;
    private readonly int _cells;
    private readonly int _inputOffset;
    private readonly int _hiddenZeroPoint;
    private readonly Rescaling[] _inputRescalings = new Rescaling[Gates];
    private readonly Rescaling[] _recurrentRescalings = new Rescaling[Gates];
    private readonly Rescaling _forgetRescaling;
    private readonly Rescaling _updateRescaling;
    private readonly Rescaling _hiddenRescaling;
    private readonly int _clip;
    private readonly int _tanhMultiplier;
    private readonly int _tanhShift;

    internal Lstm(OperatorReader reader)
    {
        TensorInfo input = reader.Input(0);
        TensorInfo inputWeights = reader.Input(1);
        TensorInfo recurrentWeights = reader.Input(3);
        int inputScratch = WeightBlocks.ScratchOf(inputWeights);
        reader.RequireOperands(4, 3, 1 + inputScratch + WeightBlocks.ScratchOf(recurrentWeights));
        TensorInfo output = reader.Output(0);
        TensorInfo hidden = reader.Output(1);
        TensorInfo cell = reader.Output(2);
        TensorInfo gates = reader.Scratch(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireType(hidden, input.Type);
        reader.RequireType(cell, ElementType.Int16);
        reader.RequireType(gates, ElementType.Int16);
        reader.Require(hidden.Storage == TensorStorage.State && cell.Storage == TensorStorage.State, "its states do not lie in the state.");
        reader.RequireRank(input, 3);
        reader.RequireRank(output, 3);
        _timeFirst = reader.Attribute("time first", 0, 1) == 1;
        _steps = input.Dimension(_timeFirst ? 0 : 1);
        _batches = input.Dimension(_timeFirst ? 1 : 0);
        _features = input.Dimension(2);
        _cells = output.Dimension(2);
        reader.Require(output.Dimension(0) == input.Dimension(0) && output.Dimension(1) == input.Dimension(1), "input and output differ in batches or steps.");
        reader.Require(Fits(inputWeights, _cells, _features), "the input weights' shape does not fit.");
        reader.Require(Fits(recurrentWeights, _cells, _cells), "the recurrent weights' shape does not fit.");
        reader.Require(hidden.ElementCount == (long)_batches * _cells && cell.ElementCount == hidden.ElementCount, "a state's size does not fit batches and cells.");
        reader.RequireElements(gates, Gates * _cells);
        if (_wide)
        {
            _wideBias = reader.Int64Parameters(reader.Input(2), Gates * _cells);
        }
        else
        {
            _bias = reader.Int32Parameters(reader.Input(2), Gates * _cells);
        }

        int limit = _wide ? 32768 : 128;
        _inputOffset = reader.Attribute("input offset", -limit + 1, limit);
        _hiddenZeroPoint = reader.Attribute("hidden zero point", -limit, limit - 1);
        for (int gate = 0; gate < Gates; gate++)
        {
            _inputRescalings[gate] = new Rescaling(reader, "input", _wide);
            _recurrentRescalings[gate] = new Rescaling(reader, "recurrent", _wide);
        }

        _forgetRescaling = new Rescaling(reader, "forget", false);
        _updateRescaling = new Rescaling(reader, "update", false);
        _hiddenRescaling = new Rescaling(reader, "hidden", false);
        _clip = reader.Attribute("clip of the cell", 0, 32768);
        _tanhMultiplier = reader.Attribute("multiplier of the tanh", 1, int.MaxValue);
        _tanhShift = reader.Attribute("shift of the tanh", 0, 31);
        _input = reader.Data(input);
        _inputWeights = new WeightBlocks(reader, inputWeights, Gates * _cells, _features, 0, 1);
        _recurrentWeights = new WeightBlocks(reader, recurrentWeights, Gates * _cells, _cells, 0, 1 + inputScratch);
        _output = reader.Data(output);
        _hidden = reader.Data(hidden);
        _cell = reader.Data(cell);
        _gates = reader.Data(gates);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(2 * _cells);
        _workspace.Require(2 * _recurrentWeights.BlockRows);
    }

    internal override void Run()
    {
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int step = 0; step < _steps; step++)
            {
                int position = _timeFirst ? (step * _batches) + batch : (batch * _steps) + step;
                AddProducts(_input, position * _features, _features, _inputOffset, _inputWeights, _inputRescalings, true);
                AddProducts(_hidden, batch * _cells, _cells, -_hiddenZeroPoint, _recurrentWeights, _recurrentRescalings, false);
                UpdateCells(batch, position);
            }
        }
    }

    /// <summary>True if weights are one matrix of all gates, or one for each.</summary>
    private static bool Fits(TensorInfo weights, int cells, int columns)
    {
        return weights.Rank == 2
            ? weights.Dimension(0) == (long)Gates * cells && weights.Dimension(1) == columns
            : weights.Rank == 3 && weights.Dimension(0) == Gates && weights.Dimension(1) == cells && weights.Dimension(2) == columns;
    }

    private static short Saturate(int value)
    {
        return (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
    }

    /// <summary>Gates from the products of their weights with a vector: the first ones with the bias, the second ones added to the first.</summary>
    private void AddProducts(TensorData data, int start, int length, int offset, WeightBlocks weights, Rescaling[] rescalings, bool first)
    {
        int rows = Gates * _cells;
        for (int row = 0; row < rows; row += weights.BlockRows)
        {
            int count = rows - row < weights.BlockRows ? rows - row : weights.BlockRows;
            weights.Load(row, count);
            if (_wide)
            {
                AddBlock16(data.Int16().Slice(start, length), offset, weights, row, count, rescalings, first);
            }
            else
            {
                SetSums(row, count, first);
                weights.Accumulate(data.Int8().Slice(start, length), offset);
                AddBlock8(row, count, rescalings, first);
            }
        }
    }

    /// <summary>What products are added to: the bias, or nothing.</summary>
    private void SetSums(int firstRow, int rows, bool first)
    {
        int[] sums = _workspace.Int32;
        Int32Parameters bias = _bias.Vector;
        for (int i = 0; i < rows; i++)
        {
            sums[i] = first ? bias[firstRow + i] : 0;
        }
    }

    private void AddBlock8(int firstRow, int rows, Rescaling[] rescalings, bool first)
    {
        int[] sums = _workspace.Int32;
        int done = 0;
        while (done < rows)
        {
            // As far as the gate reaches that the next row belongs to.
            int gate = (firstRow + done) / _cells;
            int left = ((gate + 1) * _cells) - firstRow - done;
            int count = rows - done < left ? rows - done : left;
            _kernels.Rescale(sums, done, count, rescalings[gate], 0, short.MinValue, short.MaxValue);
            done += count;
        }

        Int16Vector gates = _gates.Int16().Slice(firstRow, rows);
        if (first)
        {
            _kernels.NarrowInt16(sums, 0, gates);
            return;
        }

        _kernels.WidenInt16(gates, sums, rows);
        _kernels.AddToInt16(sums, rows, short.MinValue, short.MaxValue, gates);
    }

    private void AddBlock16(ReadOnlyInt16Vector vector, int offset, WeightBlocks weights, int firstRow, int rows, Rescaling[] rescalings, bool first)
    {
        Int16Vector gates = _gates.Int16();
        Int64Parameters bias = _wideBias.Vector;
        for (int i = 0; i < rows; i++)
        {
            int row = firstRow + i;
            long sum = weights.Multiply(vector, offset, i);
            int value = Saturate(rescalings[row / _cells].Apply(first ? sum + bias[row] : sum));
            gates[row] = first ? (short)value : Saturate(gates[row] + value);
        }
    }

    private void UpdateCells(int batch, int position)
    {
        Int16Vector gates = _gates.Int16();
        Int16Vector inputGate = gates.Slice(InputGate * _cells, _cells);
        Int16Vector forgetGate = gates.Slice(ForgetGate * _cells, _cells);
        Int16Vector cellGate = gates.Slice(CellGate * _cells, _cells);
        Int16Vector outputGate = gates.Slice(OutputGate * _cells, _cells);
        int[] products = _workspace.Int32;
        Int16Vector cells = _cell.Int16().Slice(batch * _cells, _cells);
        _kernels.Logistic(forgetGate, GateMultiplier, 0, forgetGate);
        _kernels.Logistic(inputGate, GateMultiplier, 0, inputGate);
        _kernels.Tanh(cellGate, GateMultiplier, 0, cellGate);
        _kernels.Logistic(outputGate, GateMultiplier, 0, outputGate);
        _kernels.MultiplyElementsInt16(forgetGate, cells, products, 0);
        _kernels.MultiplyElementsInt16(inputGate, cellGate, products, _cells);
        _kernels.Rescale(products, 0, _cells, _forgetRescaling, 0, short.MinValue, short.MaxValue);
        _kernels.Rescale(products, _cells, _cells, _updateRescaling, 0, short.MinValue, short.MaxValue);
        _kernels.AddToInt16(products, _cells, -_clip, _clip > short.MaxValue ? short.MaxValue : _clip, cells);
        _kernels.Tanh(cells, _tanhMultiplier, _tanhShift, cellGate);
        _kernels.MultiplyElementsInt16(cellGate, outputGate, products, 0);
        StoreHidden(products, batch, position);
    }

    /// <summary>The hidden state and the output of a position, from the products that make them.</summary>
    private void StoreHidden(int[] products, int batch, int position)
    {
        if (_wide)
        {
            _kernels.Rescale(products, 0, _cells, _hiddenRescaling, _hiddenZeroPoint, short.MinValue, short.MaxValue);
            Int16Vector hidden = _hidden.Int16().Slice(batch * _cells, _cells);
            _kernels.NarrowInt16(products, 0, hidden);
            hidden.CopyTo(_output.Int16().Slice(position * _cells, _cells));
        }
        else
        {
            _kernels.Rescale(products, 0, _cells, _hiddenRescaling, _hiddenZeroPoint, sbyte.MinValue, sbyte.MaxValue);
            Int8Vector hidden = _hidden.Int8().Slice(batch * _cells, _cells);
            _kernels.Narrow(products, 0, hidden);
            hidden.CopyTo(_output.Int8().Slice(position * _cells, _cells));
        }
    }
}
