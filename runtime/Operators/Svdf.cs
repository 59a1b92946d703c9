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
/// Inputs: data [batch, features] (int8), feature weights [filters, features] (int8), time weights [filters, memory] (int8 or int16), bias
/// (int32 [units], may be absent). Outputs: data [batch, units] (int8), state [batch, filters x memory] (type of the time weights), which
/// is read too. Attributes: input offset (minus the zero point), state zero point, those of <see cref="Rescaling"/> for the state and for
/// the output, output offset.
/// </remarks>
internal sealed class Svdf : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly TensorData _featureWeights;
    private readonly TensorData _timeWeights;
    private readonly Int32ParameterData _bias;
    private readonly TensorData _output;
    private readonly TensorData _state;
    private readonly bool _wideState;
    private readonly int _batches;
    private readonly int _features;
    private readonly int _filters;
    private readonly int _memory;
    private readonly int _units;
    private readonly int _inputOffset;
    private readonly int _stateZeroPoint;
    private readonly Rescaling _stateRescaling;
    private readonly Rescaling _outputRescaling;
    private readonly int _outputOffset;

    internal Svdf(OperatorReader reader)
    {
        reader.RequireOperands(4, 2, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo featureWeights = reader.Input(1);
        TensorInfo timeWeights = reader.Input(2);
        TensorInfo output = reader.Output(0);
        TensorInfo state = reader.Output(1);
        _wideState = timeWeights.Type == ElementType.Int16;
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(featureWeights, ElementType.Int8);
        reader.RequireType(timeWeights, _wideState ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, ElementType.Int8);
        reader.RequireType(state, timeWeights.Type);
        reader.Require(state.Storage == TensorStorage.State, "its state does not lie in the state.");
        reader.RequireRank(input, 2);
        reader.RequireRank(featureWeights, 2);
        reader.RequireRank(timeWeights, 2);
        reader.RequireRank(output, 2);
        _batches = input.Dimension(0);
        _features = input.Dimension(1);
        _filters = featureWeights.Dimension(0);
        _memory = timeWeights.Dimension(1);
        _units = output.Dimension(1);
        reader.Require(featureWeights.Dimension(1) == _features, "the feature weights and the input differ in the number of features.");
        reader.Require(timeWeights.Dimension(0) == _filters, "the feature weights and the time weights differ in the number of filters.");
        reader.Require(output.Dimension(0) == _batches, "input and output have different batch sizes.");
        reader.Require(_filters % _units == 0, "the filters are not a multiple of the units.");
        reader.Require(state.ElementCount == (long)_batches * timeWeights.ElementCount, "the state's size does not fit the filters and their memory.");
        if (reader.HasInput(3))
        {
            _bias = reader.Int32Parameters(reader.Input(3), _units);
        }

        _inputOffset = reader.Attribute("input offset", -127, 128);
        int limit = _wideState ? 32768 : 128;
        _stateZeroPoint = reader.Attribute("state zero point", -limit, limit - 1);
        _stateRescaling = new Rescaling(reader, "state", false);
        _outputRescaling = new Rescaling(reader, "output", false);
        _outputOffset = reader.Attribute("output offset", -128, 127);
        _input = reader.Data(input);
        _featureWeights = reader.Data(featureWeights);
        _timeWeights = reader.Data(timeWeights);
        _output = reader.Data(output);
        _state = reader.Data(state);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(_filters);
    }

    internal override void Run()
    {
        int[] sums = _workspace.Int32;
        int batchState = _filters * _memory;
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int i = 0; i < _filters; i++)
            {
                sums[i] = 0;
            }

            _kernels.AccumulateRows(_input.Int8().Slice(batch * _features, _features), _inputOffset, _featureWeights.Int8(), 0, _filters, sums);
            if (_wideState)
            {
                Append16(_state.Int16().Slice(batch * batchState, batchState), sums);
                Filter16(_state.Int16().Slice(batch * batchState, batchState), sums);
            }
            else
            {
                Append8(_state.Int8().Slice(batch * batchState, batchState), sums);
                Filter8(_state.Int8().Slice(batch * batchState, batchState), sums);
            }

            Reduce(sums, _output.Int8().Slice(batch * _units, _units));
        }
    }

    /// <summary>Moves every memory by one place and appends what the filter makes of the input.</summary>
    private void Append8(Int8Vector state, int[] sums)
    {
        state.Slice(1).CopyTo(state);
        int at = _memory - 1;
        for (int filter = 0; filter < _filters; filter++, at += _memory)
        {
            state[at] = (sbyte)FixedPoint.Clamp(_stateRescaling.Apply(sums[filter]) + _stateZeroPoint, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    private void Append16(Int16Vector state, int[] sums)
    {
        state.Slice(1).CopyTo(state);
        int at = _memory - 1;
        for (int filter = 0; filter < _filters; filter++, at += _memory)
        {
            state[at] = (short)FixedPoint.Clamp(_stateRescaling.Apply(sums[filter]) + _stateZeroPoint, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>Multiplies every memory with its filter's time weights.</summary>
    private void Filter8(ReadOnlyInt8Vector state, int[] sums)
    {
        ReadOnlyInt8Vector weights = _timeWeights.Int8();
        int at = 0;
        for (int filter = 0; filter < _filters; filter++)
        {
            int sum = 0;
            for (int end = at + _memory; at < end; at++)
            {
                sum += weights[at] * (state[at] - _stateZeroPoint);
            }

            sums[filter] = sum;
        }
    }

    private void Filter16(ReadOnlyInt16Vector state, int[] sums)
    {
        ReadOnlyInt16Vector weights = _timeWeights.Int16();
        int at = 0;
        for (int filter = 0; filter < _filters; filter++)
        {
            int sum = 0;
            for (int end = at + _memory; at < end; at++)
            {
                sum += weights[at] * (state[at] - _stateZeroPoint);
            }

            sums[filter] = sum;
        }
    }

    /// <summary>Sums the filters of each unit.</summary>
    private void Reduce(int[] sums, Int8Vector output)
    {
        Int32Parameters bias = _bias.Vector;
        int rank = _filters / _units;
        int filter = 0;
        for (int unit = 0; unit < _units; unit++)
        {
            int sum = _bias.Count > 0 ? bias[unit] : 0;
            for (int end = filter + rank; filter < end; filter++)
            {
                sum += sums[filter];
            }

            output[unit] = (sbyte)FixedPoint.Clamp(_outputRescaling.Apply(sum) + _outputOffset, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
