using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// SVDF: a fully connected layer over time whose weights are approximated by products of feature and time filters. Each inference moves the
/// memory of every filter by one place, appends the filter's product with the input, and multiplies the memory with the time weights; a
/// unit of the output sums as many filters as the rank says.
/// </summary>
/// <remarks>
/// Inputs: data [batch, features] (int8 or int16), feature weights [filters, features] (int8 in any encoding), time weights [filters, memory]
/// (int8 in any encoding, or int16), bias (int32 [units], may be absent). Outputs: data [batch, units] (type of the input), state [batch,
/// filters x memory] (int8 or int16; int16 with time weights or data of 16 bits), which is read too. Scratch: one or more rows of the feature
/// weights, then of the time weights (int8), each only where they are not dense. Attributes: input offset (minus the zero point), state zero
/// point, those of <see cref="Rescaling"/> for the state and for the output, output offset.
/// </remarks>
internal sealed class Svdf : Operator
{
    private const int Feature = 0;
    private const int Time = 1;

    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly TensorData _featureWeights;
    private readonly TensorData _timeWeights;

    // Null where all weights are dense: small networks are many filters, and every reference counts.
    private readonly WeightBlocks?[]? _blocks;
    private readonly Int32ParameterData _bias;
    private readonly TensorData _output;
    private readonly TensorData _state;
    private readonly bool _wide;
    private readonly bool _wideState;
    private readonly bool _wideTime;
    private readonly int _features;
    private readonly int _filters;
    private readonly int _memory;
    private readonly int _units;
    private readonly short _inputZeroPoint;
    private readonly short _stateZeroPoint;
    private readonly Rescaling _stateRescaling;
    private readonly Rescaling _outputRescaling;
    private readonly short _outputZeroPoint;

    internal Svdf(OperatorReader reader)
    {
        TensorInfo input = reader.Input(0);
        TensorInfo featureWeights = reader.Input(1);
        TensorInfo timeWeights = reader.Input(2);
        TensorInfo output = reader.Output(0);
        TensorInfo state = reader.Output(1);
        int featureScratch = WeightBlocks.ScratchOf(featureWeights);
        reader.RequireOperands(4, 2, featureScratch + WeightBlocks.ScratchOf(timeWeights));
        _wideTime = timeWeights.Type == ElementType.Int16;
        _wide = input.Type == ElementType.Int16;
        _wideState = _wideTime || _wide || state.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireType(state, _wideState ? ElementType.Int16 : ElementType.Int8);
        reader.Require(state.Storage == TensorStorage.State, "its state does not lie in the state.");
        reader.RequireRank(input, 2);
        reader.RequireRank(featureWeights, 2);
        reader.RequireRank(timeWeights, 2);
        reader.RequireRank(output, 2);
        int batches = input.Dimension(0);
        _features = input.Dimension(1);
        _filters = featureWeights.Dimension(0);
        _memory = timeWeights.Dimension(1);
        _units = output.Dimension(1);
        reader.Require(featureWeights.Dimension(1) == _features, "the feature weights and the input differ in the number of features.");
        reader.Require(timeWeights.Dimension(0) == _filters, "the feature weights and the time weights differ in the number of filters.");
        reader.Require(output.Dimension(0) == batches, "input and output have different batch sizes.");
        reader.Require(_filters % _units == 0, "the filters are not a multiple of the units.");
        reader.Require(state.ElementCount == (long)batches * timeWeights.ElementCount, "the state's size does not fit the filters and their memory.");
        if (reader.HasInput(3))
        {
            _bias = reader.Int32Parameters(reader.Input(3), _units);
        }

        int limit = _wide ? 32768 : 128;
        int stateLimit = _wideState ? 32768 : 128;
        _inputZeroPoint = (short)-reader.Attribute("input offset", -limit + 1, limit);
        _stateZeroPoint = (short)reader.Attribute("state zero point", -stateLimit, stateLimit - 1);
        _stateRescaling = new Rescaling(reader, "state", _wide);
        _outputRescaling = new Rescaling(reader, "output", false);
        _outputZeroPoint = (short)reader.Attribute("output offset", -limit, limit - 1);
        _input = reader.Data(input);
        _featureWeights = reader.Data(featureWeights);
        _timeWeights = reader.Data(timeWeights);
        reader.Require(featureWeights.Type == ElementType.Int8 && timeWeights.Type == (_wideTime ? ElementType.Int16 : ElementType.Int8), "its weights have other types than int8, or int16 in time.");
        if (reader.ScratchCount > 0)
        {
            _blocks = new WeightBlocks?[2];
            _blocks[Feature] = featureScratch > 0 ? new WeightBlocks(reader, featureWeights, 0, 0) : null;
            _blocks[Time] = WeightBlocks.ScratchOf(timeWeights) > 0 ? new WeightBlocks(reader, timeWeights, 0, featureScratch) : null;
        }

        _output = reader.Data(output);
        _state = reader.Data(state);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(FeatureRows);
        _workspace.Require(_units);
    }

    /// <summary>True if all units are one product of matrices: memories and time weights are bytes as they lie in memory.</summary>
    private bool UnitsAtOnce => !_wideState && Blocks(Time) is null;

    /// <summary>The filters whose feature weights are multiplied at a time.</summary>
    private int FeatureRows
    {
        get
        {
            WeightBlocks? blocks = Blocks(Feature);
            return blocks is null ? _filters : blocks.BlockRows;
        }
    }

    internal override void Run()
    {
        int batchState = _filters * _memory;
        int batches = _input.Length / (_wide ? 2 * _features : _features);
        for (int batch = 0; batch < batches; batch++)
        {
            Append(batch, batch * batchState);
            Reduce(batch * _units, batch * batchState);
        }
    }

    private WeightBlocks? Blocks(int weights)
    {
        return _blocks is null ? null : _blocks[weights];
    }

    /// <summary>Moves every memory by one place and appends what its filter makes of the input.</summary>
    private void Append(int batch, int state)
    {
        int length = _filters * _memory;
        if (_wideState)
        {
            Int16Vector wide = _state.Int16().Slice(state, length);
            wide.Slice(1).CopyTo(wide);
        }
        else
        {
            Int8Vector narrow = _state.Int8().Slice(state, length);
            narrow.Slice(1).CopyTo(narrow);
        }

        for (int first = 0; first < _filters; first += FeatureRows)
        {
            AppendBlock(batch * _features, first, _filters - first < FeatureRows ? _filters - first : FeatureRows, state + (first * _memory) + _memory - 1);
        }
    }

    /// <summary>Appends what some filters make of the input.</summary>
    /// <param name="start">The first element of the input.</param>
    /// <param name="first">The first filter.</param>
    /// <param name="filters">Their number.</param>
    /// <param name="at">The element of the state that the first of them makes.</param>
    private void AppendBlock(int start, int first, int filters, int at)
    {
        ReadOnlyInt8Vector weights = WeightBlocks.Load(_featureWeights, Blocks(Feature), first, filters, _features);
        int[] sums = _workspace.Int32;
        if (!_wide)
        {
            for (int i = 0; i < filters; i++)
            {
                sums[i] = 0;
            }

            _kernels.AccumulateRows(_input.Int8().Slice(start, _features), -_inputZeroPoint, weights, 0, filters, sums);
            int minimum = _wideState ? short.MinValue : sbyte.MinValue;
            _kernels.Rescale(sums, 0, filters, _stateRescaling, _stateZeroPoint, minimum, -1 - minimum);
        }
        else
        {
            for (int i = 0; i < filters; i++)
            {
                int value = _stateRescaling.Apply(_kernels.MultiplyInt16(_input.Int16().Slice(start, _features), -_inputZeroPoint, weights.Slice(i * _features, _features), 0));
                sums[i] = FixedPoint.Clamp(value + _stateZeroPoint, short.MinValue, short.MaxValue);
            }
        }

        if (_wideState)
        {
            Int16Vector state = _state.Int16();
            for (int i = 0; i < filters; i++)
            {
                state[at + (i * _memory)] = (short)sums[i];
            }
        }
        else
        {
            Int8Vector state = _state.Int8();
            for (int i = 0; i < filters; i++)
            {
                state[at + (i * _memory)] = (sbyte)sums[i];
            }
        }
    }

    /// <summary>Sums the filters of each unit, each the product of its memory and its time weights.</summary>
    private void Reduce(int output, int state)
    {
        Int32Parameters bias = _bias.Vector;
        int[] sums = _workspace.Int32;
        for (int unit = 0; unit < _units; unit++)
        {
            sums[unit] = _bias.Count > 0 ? bias[unit] : 0;
        }

        if (UnitsAtOnce)
        {
            // The filters of a unit lie together, memories and weights: a unit is one row.
            _kernels.AccumulateRowProducts(_state.Int8().Slice(state, _filters * _memory), -_stateZeroPoint, _timeWeights.Int8(), _units, sums);
        }
        else
        {
            int rank = _filters / _units;
            for (int unit = 0; unit < _units; unit++)
            {
                sums[unit] += Filters(unit * rank, rank, state);
            }
        }

        int minimum = _wide ? short.MinValue : sbyte.MinValue;
        _kernels.Rescale(sums, 0, _units, _outputRescaling, _outputZeroPoint, minimum, -1 - minimum);
        ElementBlock.Store(_kernels, sums, _units, _output, _wide ? ElementType.Int16 : ElementType.Int8, output);
    }

    /// <summary>The sum of the products of some filters' memories and their time weights.</summary>
    private int Filters(int first, int filters, int state)
    {
        int sum = 0;
        for (int filter = first; filter < first + filters; filter++)
        {
            int at = state + (filter * _memory);
            if (_wideTime)
            {
                sum += Product(_state.Int16().Slice(at, _memory), _timeWeights.Int16().Slice(filter * _memory, _memory));
                continue;
            }

            ReadOnlyInt8Vector weights = WeightBlocks.Load(_timeWeights, Blocks(Time), filter, 1, _memory);
            sum += _wideState
                ? (int)_kernels.MultiplyInt16(_state.Int16().Slice(at, _memory), -_stateZeroPoint, weights, 0)
                : Product(_state.Int8().Slice(at, _memory), weights);
        }

        return sum;
    }

    private int Product(ReadOnlyInt8Vector state, ReadOnlyInt8Vector weights)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (state[i] - _stateZeroPoint);
        }

        return sum;
    }

    private int Product(ReadOnlyInt16Vector state, ReadOnlyInt16Vector weights)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (state[i] - _stateZeroPoint);
        }

        return sum;
    }
}
