using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Running sums along one dimension.</summary>
/// <remarks>
/// Input: data [outer, size, inner] in any shape (int8 or int16). Output: as the data; it may be the same bytes. Attributes: size; inner; 1 if
/// sums run from the end, else 0; 1 if each leaves out its own element, else 0; input offset (0 for int16); output multiplier, shift and offset
/// (0 for int16). Sums of int8 have 19 bits below the point and wrap around at 32; each starts from the input offset, as the reference does. Sums
/// of int16 have 64 bits.
/// </remarks>
internal sealed class CumulativeSum : Operator
{
    private const int FractionBits = 19;

    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _outer;
    private readonly int _size;
    private readonly int _inner;
    private readonly bool _reverse;
    private readonly bool _exclusive;
    private readonly int _inputOffset;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _outputOffset;
    private readonly bool _wide;

    internal CumulativeSum(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        int elements = input.ElementCount;
        reader.RequireElements(output, elements);
        _size = reader.Attribute("size", 1, elements);
        _inner = reader.Attribute("inner size", 1, elements);
        long block = (long)_size * _inner;
        reader.Require(elements % block == 0, "its input does not divide into blocks of the sizes.");
        _outer = (int)(elements / block);
        _reverse = reader.Attribute("direction", 0, 1) == 1;
        _exclusive = reader.Attribute("exclusion", 0, 1) == 1;
        _inputOffset = reader.Attribute("input offset", _wide ? 0 : -127, _wide ? 0 : 128);
        _multiplier = reader.Attribute("output multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("output shift", -31, 0);
        _outputOffset = reader.Attribute("output offset", _wide ? 0 : sbyte.MinValue, _wide ? 0 : sbyte.MaxValue);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int outer = 0; outer < _outer; outer++)
        {
            int block = outer * _size * _inner;
            int first = _reverse ? block + ((_size - 1) * _inner) : block;
            for (int inner = 0; inner < _inner; inner++)
            {
                if (_wide)
                {
                    RunLine16(first + inner, _reverse ? -_inner : _inner);
                }
                else
                {
                    RunLine8(first + inner, _reverse ? -_inner : _inner);
                }
            }
        }
    }

    private void RunLine16(int first, int step)
    {
        ReadOnlyInt16Vector input = _input.Int16();
        Int16Vector output = _output.Int16();
        long sum = 0;
        int at = first;
        for (int i = 0; i < _size; i++, at += step)
        {
            long before = sum;
            sum += input[at];
            int scaled = Requantization.MultiplyByQuantizedMultiplier(_exclusive ? before : sum, _multiplier, _shift);
            output[at] = (short)FixedPoint.Clamp(scaled, short.MinValue, short.MaxValue);
        }
    }

    private void RunLine8(int first, int step)
    {
        ReadOnlyInt8Vector input = _input.Int8();
        Int8Vector output = _output.Int8();
        int sum = _inputOffset << FractionBits;
        int at = first;
        for (int i = 0; i < _size; i++, at += step)
        {
            int before = sum;
            sum += (input[at] + _inputOffset) << FractionBits;
            int scaled = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(_exclusive ? before : sum, _multiplier, _shift);
            output[at] = (sbyte)FixedPoint.Clamp(scaled + _outputOffset, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
