using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Arithmetic on elements as they are, without scales, broadcast against each other: int32 arithmetic, which wraps around; maximum and
/// minimum, which on bool are "or" and "and".
/// </summary>
/// <remarks>
/// Inputs: left, right. Output: one element for each pair. All of one type: int8, int16, int32 or bool; int32 for all functions but maximum
/// and minimum. Attributes: those of <see cref="Broadcasting"/>, the <see cref="IntegerFunction"/>, output minimum, output maximum.
/// </remarks>
internal sealed class IntegerArithmetic : ElementwiseOperator
{
    private readonly IntegerFunction _function;
    private readonly int _minimum;
    private readonly int _maximum;

    internal IntegerArithmetic(OperatorReader reader)
        : base(reader, 2)
    {
        ElementType type = reader.Output(0).Type;
        RequireType(reader, type);
        _function = (IntegerFunction)reader.Attribute("function", (int)IntegerFunction.Add, (int)IntegerFunction.Minimum);
        _minimum = reader.Attribute("output minimum");
        _maximum = reader.Attribute("output maximum", _minimum, int.MaxValue);
        reader.Require(
            type == ElementType.Int32 || _function == IntegerFunction.Maximum || _function == IntegerFunction.Minimum,
            "its function needs 32-bit elements.");
    }

    protected override void Combine(int[] values, int block, int count)
    {
        Apply(values, block, count);
        for (int i = 0; i < count; i++)
        {
            values[i] = FixedPoint.Clamp(values[i], _minimum, _maximum);
        }
    }

    private static int Quotient(int left, int right)
    {
        // By -1 and by 0 the instruction of some machines fails.
        return right == 0 ? 0 : right == -1 ? -left : left / right;
    }

    private void Apply(int[] values, int block, int count)
    {
        int end = block + count;
        int i = 0;
        switch (_function)
        {
            case IntegerFunction.Add:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] += values[j];
                }

                break;
            case IntegerFunction.Subtract:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] -= values[j];
                }

                break;
            case IntegerFunction.Multiply:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] *= values[j];
                }

                break;
            case IntegerFunction.Divide:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] = Quotient(values[i], values[j]);
                }

                break;
            case IntegerFunction.SquaredDifference:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] -= values[j];
                    values[i] *= values[i];
                }

                break;
            case IntegerFunction.Maximum:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] = values[i] > values[j] ? values[i] : values[j];
                }

                break;
            default:
                for (int j = block; j < end; j++, i++)
                {
                    values[i] = values[i] < values[j] ? values[i] : values[j];
                }

                break;
        }
    }
}
