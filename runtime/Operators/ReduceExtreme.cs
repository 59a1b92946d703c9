using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The largest or the smallest over dimensions; on bool "any" and "all".</summary>
/// <remarks>
/// Operands and first attributes: those of <see cref="Reduction"/>, of int8, int16, int32 or bool. Further attribute: the
/// <see cref="Extreme"/>.
/// </remarks>
internal sealed class ReduceExtreme : Reduction
{
    // The smallest value is the one whose complement is the largest.
    private readonly int _mask;

    internal ReduceExtreme(OperatorReader reader)
        : base(reader)
    {
        reader.Require(Type != ElementType.Int64 && Type != ElementType.UInt8, "its operands must have int8, int16, int32 or bool elements.");
        _mask = reader.Attribute("extreme", (int)Extreme.Largest, (int)Extreme.Smallest) == (int)Extreme.Largest ? 0 : -1;
        Workspace.Require(Block == 1 ? 1 + (Rows < ElementBlock.Length ? Rows : ElementBlock.Length) : 2 * Block);
    }

    protected override int Start => int.MinValue;

    protected override void Combine(int from, int[] values, int count)
    {
        if (count == 1)
        {
            values[0] = Column(from, values);
            return;
        }

        for (int row = 0; row < Rows; row++)
        {
            ElementBlock.Load(Kernels, Input, Type, from + (row * RowStride), 1, values, count, count);
            for (int i = 0; i < count; i++)
            {
                int value = values[count + i] ^ _mask;
                if (value > values[i])
                {
                    values[i] = value;
                }
            }
        }
    }

    protected override void Finish(int[] values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] ^= _mask;
        }
    }

    /// <summary>Rows of one element, a block of them at once.</summary>
    private int Column(int from, int[] values)
    {
        int best = values[0];
        for (int row = 0; row < Rows; row += ElementBlock.Length)
        {
            int rows = Rows - row < ElementBlock.Length ? Rows - row : ElementBlock.Length;
            ElementBlock.Load(Kernels, Input, Type, from + (row * RowStride), RowStride, values, 1, rows);
            for (int i = 1; i <= rows; i++)
            {
                int value = values[i] ^ _mask;
                if (value > best)
                {
                    best = value;
                }
            }
        }

        return best;
    }
}
