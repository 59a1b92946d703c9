using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Every n-th element of a range along each axis. Inputs: data, begin, end, strides (all constant). Bit i of a mask concerns entry i of
/// these (TensorFlow's strided_slice).
/// </summary>
/// <param name="BeginMask">The range begins at the axis's first element (its last for a negative stride), whatever begin says.</param>
/// <param name="EndMask">The range goes to the end of the axis.</param>
/// <param name="EllipsisMask">At most one bit: the entry stands for as many whole axes as the other entries leave.</param>
/// <param name="NewAxisMask">The entry adds an axis of size 1 to the output and concerns none of the data's.</param>
/// <param name="ShrinkAxisMask">The entry takes one element, and the output does not have the axis.</param>
/// <param name="EndIsOffset">Ends count from the begins.</param>
internal sealed record StridedSlice(int BeginMask, int EndMask, int EllipsisMask, int NewAxisMask, int ShrinkAxisMask, bool EndIsOffset) : MovementOperation
{
    public override Operands Takes() => Operands.Of(4);

    public override MovementResult Resolve(Node node)
    {
        return Ranges(node, out MovementResult problem) is List<AxisRange> ranges ? Region(node.Input(0), node.Output(), ranges) : problem;
    }

    /// <summary>What is taken of each axis, in the order of the output's axes; the data's axes keep their order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="problem">Why it cannot be said, where the result is null.</param>
    public List<AxisRange>? Ranges(Node node, out MovementResult problem)
    {
        Tensor data = node.Input(0);
        problem = MovementResult.Misfit();
        if (ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] begin
            || ConstantReader.ConstantInts(node.OptionalInput(2)) is not int[] end
            || ConstantReader.ConstantInts(node.OptionalInput(3)) is not int[] strides)
        {
            problem = MovementResult.NotConstant("begin, end and strides");
            return null;
        }

        int entries = begin.Length;
        if (end.Length != entries || strides.Length != entries || strides.Contains(0) || entries > 32)
        {
            return null;
        }

        List<AxisRange> ranges = [];
        int axis = 0;
        bool ellipsis = false;
        for (int i = 0; i < entries; i++)
        {
            if (Has(EllipsisMask, i) && !ellipsis)
            {
                ellipsis = true;
                int later = Enumerable.Range(i + 1, entries - i - 1).Count(entry => !Has(NewAxisMask, entry));
                for (; axis < data.Rank - later; axis++)
                {
                    ranges.Add(AxisRange.Whole(axis, data.Shape[axis]));
                }
            }
            else if (Has(NewAxisMask, i))
            {
                ranges.Add(AxisRange.New);
            }
            else if (axis < data.Rank)
            {
                ranges.Add(Range(i, axis, data.Shape[axis], begin[i], end[i], strides[i]));
                axis++;
            }
            else
            {
                return null;
            }
        }

        for (; axis < data.Rank; axis++)
        {
            ranges.Add(AxisRange.Whole(axis, data.Shape[axis]));
        }

        return ranges;
    }

    private static bool Has(int mask, int entry)
    {
        return (mask >> entry & 1) != 0;
    }

    private static MovementResult Region(Tensor data, Tensor output, List<AxisRange> ranges)
    {
        if (!ranges.Where(range => !range.Shrinks).Select(range => range.Count).SequenceEqual(output.Shape))
        {
            return MovementResult.Misfit();
        }

        if (output.ElementCount == 0)
        {
            return MovementResult.Refuse("The slice is empty.", "Remove it from the source network.");
        }

        long[] from = RowMajor.Strides(data.Shape);
        long[] to = RowMajor.Strides(output.Shape);
        long first = 0;
        List<MovementAxis> axes = [];
        int at = 0;
        foreach (AxisRange range in ranges)
        {
            long stride = range.Axis < 0 ? 0 : from[range.Axis];
            first += range.First * stride;
            axes.Add(new MovementAxis(range.Count, range.Stride * stride, range.Shrinks ? 0 : to[at]));
            at += range.Shrinks ? 0 : 1;
        }

        return MovementResult.Of(output, new MovementRegion(data, first, 0, axes));
    }

    /// <summary>Begins and ends are counted from the back if negative, then kept inside the axis, as the reference does.</summary>
    private AxisRange Range(int entry, int axis, int size, int begin, int end, int stride)
    {
        int lowest = stride > 0 ? 0 : -1;
        int highest = stride > 0 ? size : size - 1;
        long first = Has(BeginMask, entry)
            ? (stride > 0 ? lowest : highest)
            : Math.Clamp(begin < 0 ? begin + (long)size : begin, lowest, highest);
        if (Has(ShrinkAxisMask, entry))
        {
            return new AxisRange(axis, first, 1, first >= 0 && first < size ? 1 : 0, Shrinks: true);
        }

        long last = EndIsOffset ? end + first : end;
        last = Has(EndMask, entry)
            ? (stride > 0 ? highest : lowest)
            : Math.Clamp(last < 0 ? last + size : last, lowest, highest);
        long count = stride > 0 ? (last - first + stride - 1) / stride : (first - last - stride - 1) / -(long)stride;
        return new AxisRange(axis, first, stride, (int)Math.Max(count, 0), Shrinks: false);
    }
}
