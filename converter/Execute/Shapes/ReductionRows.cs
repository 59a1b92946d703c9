using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Shapes;

/// <summary>
/// Data walked row by row for a reduction along some axes: each row either goes into one element of the result, or element by element into a
/// row of it.
/// </summary>
/// <param name="Length">Elements of each row of the data.</param>
/// <param name="IntoOne">True if a row goes into one element.</param>
/// <param name="Results">For each row, the first element of the result that it goes into.</param>
/// <param name="Reduced">How many elements of the data go into each of the result.</param>
internal sealed record ReductionRows(int Length, bool IntoOne, int[] Results, int Reduced)
{
    /// <summary>Prepares a walk.</summary>
    /// <param name="shape">The data's shape.</param>
    /// <param name="axes">The axes that go; negative ones count from the last. Axes that do not exist are left out.</param>
    public static ReductionRows Of(int[] shape, IEnumerable<int> axes)
    {
        HashSet<int> gone = [.. axes.Select(axis => AxisIndex.FromFront(axis, shape.Length)).Where(axis => axis >= 0)];
        List<(int Size, bool Gone)> merged = [];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            bool goes = gone.Contains(axis);
            if (merged.Count > 0 && merged[^1].Gone == goes)
            {
                merged[^1] = (merged[^1].Size * shape[axis], goes);
            }
            else
            {
                merged.Add((shape[axis], goes));
            }
        }

        if (merged.Count == 0)
        {
            merged.Add((1, false));
        }

        int stride = merged.Where(axis => !axis.Gone).Aggregate(1, (product, axis) => product * axis.Size);
        int[] results = [0];
        foreach ((int size, bool goes) in merged.SkipLast(1))
        {
            stride = goes ? stride : stride / Math.Max(size, 1);
            int step = goes ? 0 : stride;
            results = [.. results.SelectMany(result => Enumerable.Range(0, size).Select(i => result + (i * step)))];
        }

        int reduced = merged.Where(axis => axis.Gone).Aggregate(1, (product, axis) => product * axis.Size);
        return new ReductionRows(merged[^1].Size, merged[^1].Gone, results, reduced);
    }
}
