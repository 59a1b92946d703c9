using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Comparison of two tensors, broadcast against each other.</summary>
/// <remarks>
/// Inputs: left, right, both of one type (int8, int16, int32 or bool). Output: bool. Attributes: those of <see cref="Broadcasting"/>, the
/// <see cref="Relation"/>, then 0 to compare the elements as they are, or 1 to compare the numbers that they stand for (int8 and int16),
/// followed by left offset, multiplier and shift, and right offset, multiplier and shift.
/// </remarks>
internal sealed class Compare : ElementwiseOperator
{
    // The bits that the reference keeps below the point of the numbers it compares.
    private const int SpareBits = 8;

    private readonly Relation _relation;
    private readonly bool _scaled;
    private readonly int _leftOffset;
    private readonly int _leftMultiplier;
    private readonly int _leftShift;
    private readonly int _rightOffset;
    private readonly int _rightMultiplier;
    private readonly int _rightShift;

    internal Compare(OperatorReader reader)
        : base(reader, 2)
    {
        ElementType type = reader.Input(0).Type;
        reader.RequireType(reader.Input(1), type);
        reader.RequireType(reader.Output(0), ElementType.Bool);
        _relation = (Relation)reader.Attribute("relation", (int)Relation.Equal, (int)Relation.GreaterOrEqual);
        _scaled = reader.Attribute("scaled", 0, 1) == 1;
        if (_scaled)
        {
            reader.Require(type == ElementType.Int8 || type == ElementType.Int16, "only int8 and int16 elements have scales.");
            int limit = type == ElementType.Int16 ? 32768 : 128;
            _leftOffset = reader.Attribute("left offset", -limit + 1, limit);
            _leftMultiplier = reader.Attribute("left multiplier", 0, int.MaxValue);
            _leftShift = reader.Attribute("left shift", -31, 0);
            _rightOffset = reader.Attribute("right offset", -limit + 1, limit);
            _rightMultiplier = reader.Attribute("right multiplier", 0, int.MaxValue);
            _rightShift = reader.Attribute("right shift", -31, 0);
        }
    }

    protected override void Combine(int[] values, int block, int count)
    {
        if (_scaled)
        {
            Scale(values, 0, count, _leftOffset, _leftMultiplier, _leftShift);
            Scale(values, block, count, _rightOffset, _rightMultiplier, _rightShift);
        }

        // Three loops for six relations: the others are their opposites.
        bool holds = true;
        switch (_relation)
        {
            case Relation.Equal:
            case Relation.NotEqual:
                holds = _relation == Relation.Equal;
                for (int i = 0; i < count; i++)
                {
                    values[i] = values[i] == values[block + i] == holds ? 1 : 0;
                }

                break;
            case Relation.Less:
            case Relation.GreaterOrEqual:
                holds = _relation == Relation.Less;
                for (int i = 0; i < count; i++)
                {
                    values[i] = values[i] < values[block + i] == holds ? 1 : 0;
                }

                break;
            default:
                holds = _relation == Relation.Greater;
                for (int i = 0; i < count; i++)
                {
                    values[i] = values[i] > values[block + i] == holds ? 1 : 0;
                }

                break;
        }
    }

    private static void Scale(int[] values, int at, int count, int offset, int multiplier, int shift)
    {
        int end = at + count;
        for (int i = at; i < end; i++)
        {
            values[i] = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((values[i] + offset) << SpareBits, multiplier, shift);
        }
    }
}
