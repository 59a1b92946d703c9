namespace EdgeQuant.Converter.Lower;

/// <summary>
/// The attributes that <see cref="Runtime.Operators.Reduction"/> reads: neighbouring dimensions that are both reduced or both kept are
/// merged, the innermost ones become rows, and what is left becomes loops.
/// </summary>
/// <param name="Attributes">In the order in which they are read.</param>
/// <param name="Count">How many elements are reduced to one.</param>
/// <param name="Outputs">How many elements are left.</param>
internal sealed record ReductionLoops(int[] Attributes, int Count, int Outputs)
{
    /// <summary>Makes them for a shape and a mask that tells for each of its dimensions whether it is reduced.</summary>
    public static ReductionLoops Of(int[] shape, bool[] reduced)
    {
        List<Dimension> dimensions = Merge(shape, reduced);
        int count = Product(dimensions, reduced: true);
        int outputs = Product(dimensions, reduced: false);
        Dimension row = Take(dimensions, reduced: false);
        Dimension rows = Take(dimensions, reduced: true);
        return new ReductionLoops([.. Nest(dimensions, reduced: false), .. Nest(dimensions, reduced: true), rows.Size, rows.Stride, row.Size], count, outputs);
    }

    private static List<Dimension> Merge(int[] shape, bool[] reduced)
    {
        List<Dimension> dimensions = [];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; stride *= shape[axis], axis--)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            if (dimensions.Count > 0 && dimensions[0].Reduced == reduced[axis])
            {
                dimensions[0] = dimensions[0] with { Size = dimensions[0].Size * shape[axis] };
            }
            else
            {
                dimensions.Insert(0, new Dimension(shape[axis], stride, reduced[axis]));
            }
        }

        return dimensions;
    }

    /// <summary>Takes the innermost dimension off if it is of the kind; gives one of size 1 if it is not.</summary>
    private static Dimension Take(List<Dimension> dimensions, bool reduced)
    {
        if (dimensions.Count == 0 || dimensions[^1].Reduced != reduced)
        {
            return new Dimension(1, 1, reduced);
        }

        Dimension last = dimensions[^1];
        dimensions.RemoveAt(dimensions.Count - 1);
        return last;
    }

    private static int[] Nest(List<Dimension> dimensions, bool reduced)
    {
        Dimension[] loops = [.. dimensions.Where(dimension => dimension.Reduced == reduced)];
        return [loops.Length, .. loops.SelectMany(loop => new[] { loop.Size, loop.Stride })];
    }

    private static int Product(List<Dimension> dimensions, bool reduced)
    {
        return dimensions.Where(dimension => dimension.Reduced == reduced).Aggregate(1, (product, dimension) => product * dimension.Size);
    }

    private sealed record Dimension(int Size, int Stride, bool Reduced);
}
