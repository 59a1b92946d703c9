using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// A function of one element with one slope below zero and one above: requantization, rectifiers, absolute value. For what a table of 256
/// entries cannot do, because an element has more than 8 bits on either side.
/// </summary>
/// <remarks>
/// With x = element - input zero point, the result is clamp(requantize(x) + output zero point), cut to the output's type. Input and output:
/// int8, uint8, int16 or int32, as many elements. Attributes: input zero point; output zero point; multiplier and shift where x is 0 or
/// above; multiplier and shift where x is negative; minimum; maximum. Multipliers may be negative; shifts are -31 to 30.
/// </remarks>
internal sealed class PiecewiseLinear : Operator
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly ElementType _from;
    private readonly ElementType _to;
    private readonly int _count;
    private readonly int _inputZeroPoint;
    private readonly int _outputZeroPoint;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _negativeMultiplier;
    private readonly int _negativeShift;
    private readonly int _minimum;
    private readonly int _maximum;

    internal PiecewiseLinear(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _from = input.Type;
        _to = output.Type;
        RequireNumbers(reader, input);
        RequireNumbers(reader, output);
        _count = input.ElementCount;
        reader.RequireElements(output, _count);
        _inputZeroPoint = reader.Attribute("input zero point");
        _outputZeroPoint = reader.Attribute("output zero point");
        _multiplier = reader.Attribute("multiplier");
        _shift = reader.Attribute("shift", -31, 30);
        _negativeMultiplier = reader.Attribute("multiplier of negative values");
        _negativeShift = reader.Attribute("shift of negative values", -31, 30);
        _minimum = reader.Attribute("minimum");
        _maximum = reader.Attribute("maximum", _minimum, int.MaxValue);
        _input = reader.Data(input);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(ElementBlock.Length);
    }

    internal override void Run()
    {
        int[] block = _workspace.Int32;
        int count = ElementBlock.Length;
        for (int start = 0; start < _count; start += count)
        {
            if (count > _count - start)
            {
                count = _count - start;
            }

            ElementBlock.Load(_kernels, _input, _from, start, 1, block, 0, count);
            Apply(block, count);
            ElementBlock.Store(_kernels, block, count, _output, _to, start);
        }
    }

    private static void RequireNumbers(OperatorReader reader, TensorInfo tensor)
    {
        reader.RequireType(tensor, tensor.Type);
        reader.Require(tensor.Type != ElementType.Int64 && tensor.Type != ElementType.Bool, "input and output must be int8, uint8, int16 or int32.");
    }

    /// <summary>True if the slope is the same on either side, and positive or zero: a requantization.</summary>
    private bool IsStraight => _multiplier == _negativeMultiplier && _shift == _negativeShift && _multiplier >= 0;

    private void Apply(int[] block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            block[i] -= _inputZeroPoint;
        }

        if (IsStraight)
        {
            _kernels.Rescale(block, 0, count, new Rescaling(_multiplier, _shift), _outputZeroPoint, _minimum, _maximum);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            int x = block[i];
            x = x >= 0
                ? Requantization.MultiplyByQuantizedMultiplier(x, _multiplier, _shift)
                : Requantization.MultiplyByQuantizedMultiplier(x, _negativeMultiplier, _negativeShift);
            block[i] = FixedPoint.Clamp(x + _outputZeroPoint, _minimum, _maximum);
        }
    }
}
