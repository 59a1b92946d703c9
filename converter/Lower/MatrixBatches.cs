namespace EdgeQuant.Converter.Lower;

/// <summary>
/// How a batched matrix product walks over its inputs: the matrices' sizes, and batches in <see cref="Dimensions"/> dimensions, outermost
/// first, each with its size and the step in matrices on either side (0 where that side is broadcast).
/// </summary>
internal sealed record MatrixBatches(int Rows, int Depth, int Columns, int[] Sizes, int[] LeftSteps, int[] RightSteps)
{
    /// <summary>The number of batch dimensions.</summary>
    public const int Dimensions = 3;

    /// <summary>True if there is one product only.</summary>
    public bool IsSingle => Array.TrueForAll(Sizes, size => size == 1);

    /// <summary>Finds the walk with as few and as large loops as possible.</summary>
    /// <param name="left">Shape [..., rows, depth], or [..., depth, rows] if transposed.</param>
    /// <param name="right">Shape [..., depth, columns], or [..., columns, depth] if transposed.</param>
    /// <param name="leftTransposed">The left's last two dimensions are swapped.</param>
    /// <param name="rightTransposed">The right's last two dimensions are swapped.</param>
    /// <returns>Null if the shapes do not fit, or need more dimensions.</returns>
    public static MatrixBatches? Of(int[] left, int[] right, bool leftTransposed, bool rightTransposed)
    {
        if (left.Length < 2 || right.Length < 2 || left.Contains(0) || right.Contains(0))
        {
            return null;
        }

        int depth = left[^(leftTransposed ? 2 : 1)];
        if (right[^(rightTransposed ? 1 : 2)] != depth)
        {
            return null;
        }

        int rows = left[^(leftTransposed ? 1 : 2)];
        List<Batch>? batches = Broadcast(left, right);
        if (batches is null)
        {
            return null;
        }

        // One right for a whole run of lefts: the rows of all of them are the rows of one matrix.
        if (!leftTransposed && batches is [{ LeftStep: 1, RightStep: 0 } inner, ..])
        {
            rows *= inner.Size;
            batches = batches.Skip(1).Select(batch => batch with { LeftStep = batch.LeftStep / inner.Size }).ToList();
        }

        if (batches.Count > Dimensions)
        {
            return null;
        }

        while (batches.Count < Dimensions)
        {
            batches.Add(new Batch(1, 0, 0));
        }

        batches.Reverse();
        return new MatrixBatches(
            rows,
            depth,
            right[^(rightTransposed ? 2 : 1)],
            [.. batches.Select(batch => batch.Size)],
            [.. batches.Select(batch => batch.LeftStep)],
            [.. batches.Select(batch => batch.RightStep)]);
    }

    /// <summary>The batch dimensions, innermost first, with those merged that step through both inputs as one; null if they do not broadcast.</summary>
    private static List<Batch>? Broadcast(int[] left, int[] right)
    {
        List<Batch> batches = [];
        int leftStep = 1;
        int rightStep = 1;
        for (int axis = 3; axis <= Math.Max(left.Length, right.Length); axis++)
        {
            int leftSize = axis <= left.Length ? left[^axis] : 1;
            int rightSize = axis <= right.Length ? right[^axis] : 1;
            if (leftSize != rightSize && leftSize != 1 && rightSize != 1)
            {
                return null;
            }

            Batch batch = new(Math.Max(leftSize, rightSize), leftSize == 1 ? 0 : leftStep, rightSize == 1 ? 0 : rightStep);
            leftStep *= leftSize;
            rightStep *= rightSize;
            if (batch.Size == 1)
            {
                continue;
            }

            if (batches.Count > 0 && batch.LeftStep == batches[^1].LeftStep * batches[^1].Size && batch.RightStep == batches[^1].RightStep * batches[^1].Size)
            {
                batches[^1] = batches[^1] with { Size = batches[^1].Size * batch.Size };
            }
            else
            {
                batches.Add(batch);
            }
        }

        return batches;
    }

    private readonly record struct Batch(int Size, int LeftStep, int RightStep);
}
