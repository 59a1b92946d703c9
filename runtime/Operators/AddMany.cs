using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Sum of any number of quantized tensors with one scale and zero point.</summary>
/// <remarks>
/// Inputs: the summands, one or more. Output: their sum. All int8, with as many elements. Attributes: input offset, multiplier and shift;
/// spare bits; the number on the inputs' common scale that the sum starts from; output multiplier, shift and offset.
/// </remarks>
internal sealed class AddMany : Operator
{
    private readonly Workspace _workspace;
    private readonly TensorData[] _inputs;
    private readonly TensorData _output;
    private readonly int _elements;
    private readonly int _block;
    private readonly int _offset;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _spareBits;
    private readonly int _start;
    private readonly int _outputMultiplier;
    private readonly int _outputShift;
    private readonly int _outputOffset;

    internal AddMany(OperatorReader reader)
    {
        reader.RequireOperands(reader.InputCount, 1, 0);
        reader.Require(reader.InputCount > 0, "it has no inputs.");
        TensorInfo output = reader.Output(0);
        reader.RequireType(output, ElementType.Int8);
        _elements = output.ElementCount;
        _output = reader.Data(output);
        _inputs = new TensorData[reader.InputCount];
        for (int i = 0; i < _inputs.Length; i++)
        {
            reader.RequireType(reader.Input(i), ElementType.Int8);
            reader.RequireElements(reader.Input(i), _elements);
            _inputs[i] = reader.Data(reader.Input(i));
        }

        _offset = reader.Attribute("input offset", -127, 128);
        _multiplier = reader.Attribute("input multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("input shift", -31, 0);
        _spareBits = reader.Attribute("spare bits", 0, 20);
        _start = reader.Attribute("start");
        _outputMultiplier = reader.Attribute("output multiplier", 0, int.MaxValue);
        _outputShift = reader.Attribute("output shift", -31, 0);
        _outputOffset = reader.Attribute("output offset", -128, 127);
        _workspace = reader.Workspace;
        _block = _elements < ElementBlock.Length ? _elements : ElementBlock.Length;
        _workspace.Require(_block);
    }

    internal override void Run()
    {
        int[] sums = _workspace.Int32;
        for (int done = 0; done < _elements; done += _block)
        {
            int count = _elements - done < _block ? _elements - done : _block;
            for (int i = 0; i < count; i++)
            {
                sums[i] = _start;
            }

            for (int input = 0; input < _inputs.Length; input++)
            {
                Accumulate(_inputs[input].Int8().Slice(done, count), sums);
            }

            Int8Vector output = _output.Int8().Slice(done, count);
            for (int i = 0; i < count; i++)
            {
                int value = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(sums[i], _outputMultiplier, _outputShift) + _outputOffset;
                output[i] = (sbyte)FixedPoint.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
            }
        }
    }

    private void Accumulate(ReadOnlyInt8Vector input, int[] sums)
    {
        for (int i = 0; i < input.Length; i++)
        {
            sums[i] += Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((input[i] + _offset) << _spareBits, _multiplier, _shift);
        }
    }
}
