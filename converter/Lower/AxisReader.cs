using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>Reads the axes that an operation works along.</summary>
internal static class AxisReader
{
    /// <summary>For each axis of the data, whether it is named; null after refusing axes that are not constant or out of range.</summary>
    /// <param name="context">Where the node is refused.</param>
    /// <param name="rank">The rank of the data. A scalar has no axes, and whatever is named is passed over.</param>
    /// <param name="axes">A scalar or a vector; negative ones count from the last, and one may be named more than once.</param>
    public static bool[]? Mask(LoweringContext context, int rank, Tensor axes)
    {
        // A tensor without elements has no bytes and is no constant.
        int[]? values = axes.ElementCount == 0 ? [] : ConstantReader.ConstantInts(axes);
        if (values is null)
        {
            context.Refuse($"The axes '{axes.Name}' are computed while the network runs.", "Make them a constant.");
            return null;
        }

        bool[] mask = new bool[rank];
        foreach (int value in rank == 0 ? [] : values)
        {
            int axis = value < 0 ? value + rank : value;
            if (axis < 0 || axis >= rank)
            {
                context.Refuse($"The axis {value} is out of range; the data has {rank} axes.", "The file is inconsistent; convert the network again.");
                return null;
            }

            mask[axis] = true;
        }

        return mask;
    }

    /// <summary>The one axis of the data that is named; null after refusing anything else.</summary>
    public static int? Single(LoweringContext context, int rank, Tensor axis)
    {
        if (rank == 0 || axis.ElementCount != 1)
        {
            context.Refuse("Needed are data with at least one axis, and one axis to work along.", "The file is inconsistent; convert the network again.");
            return null;
        }

        bool[]? mask = Mask(context, rank, axis);
        return mask is null ? null : Array.IndexOf(mask, true);
    }

    /// <summary>The elements from one step along an axis to the next.</summary>
    public static int Stride(int[] shape, int axis)
    {
        return shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
    }
}
