using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Sums or means over dimensions; of a mean the multiplier holds the division.</summary>
/// <remarks>
/// Operands and first attributes: those of <see cref="Reduction"/>, of int8 or int16. Further attributes: what each sum starts from,
/// multiplier, shift, output offset. Sums wrap around at 32 bits.
/// </remarks>
internal sealed class ReduceSum : Reduction
{
    private readonly int _start;
    private readonly Rescaling _rescaling;
    private readonly int _offset;
    private readonly int _minimum;
    private readonly int _maximum;

    internal ReduceSum(OperatorReader reader)
        : base(reader)
    {
        reader.Require(Type == ElementType.Int8 || Type == ElementType.Int16, "its operands must have int8 or int16 elements.");
        bool wide = Type == ElementType.Int16;
        _minimum = wide ? short.MinValue : sbyte.MinValue;
        _maximum = wide ? short.MaxValue : sbyte.MaxValue;
        _start = reader.Attribute("start of a sum");
        _rescaling = new Rescaling(reader, "", false);
        _offset = reader.Attribute("output offset", _minimum, _maximum);
    }

    protected override int Start => _start;

    protected override void Combine(int from, int[] values, int count)
    {
        int length = ((Rows - 1) * RowStride) + count;
        if (Type == ElementType.Int8)
        {
            Kernels.AddRows(Input.Int8().Slice(from, length), Rows, RowStride, values, count);
        }
        else
        {
            Int16Rows.Add(Input.Int16().Slice(from, length), Rows, RowStride, values, count);
        }
    }

    protected override void Finish(int[] values, int count)
    {
        Kernels.Rescale(values, 0, count, _rescaling, _offset, _minimum, _maximum);
    }
}
