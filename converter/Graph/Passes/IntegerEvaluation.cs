namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Integer arithmetic on constants.</summary>
internal static class IntegerEvaluation
{
    /// <summary>The shape that the two constant shapes of a node broadcast to; null if they are no constants or do not fit.</summary>
    public static long[]? BroadcastShapes(Node node)
    {
        if (ConstantReader.ConstantLongs(node.Input(0)) is not long[] a || ConstantReader.ConstantLongs(node.Input(1)) is not long[] b)
        {
            return null;
        }

        long[] result = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            long sizeA = i <= a.Length ? a[^i] : 1;
            long sizeB = i <= b.Length ? b[^i] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                return null;
            }

            result[^i] = sizeA == 1 ? sizeB : sizeA;
        }

        return result;
    }

    /// <summary>The numbers from a constant start to a constant limit; null if they are no constants or not as many as the output has.</summary>
    public static long[]? NumberRange(Node node)
    {
        if (ConstantReader.ConstantLongs(node.Input(0)) is not [long start]
            || ConstantReader.ConstantLongs(node.Input(1)) is not [long limit]
            || ConstantReader.ConstantLongs(node.Input(2)) is not [long step]
            || step == 0)
        {
            return null;
        }

        Int128 distance = step > 0 ? (Int128)limit - start : (Int128)start - limit;
        Int128 width = Int128.Abs(step);
        Int128 count = distance <= 0 ? 0 : (distance + width - 1) / width;
        return count == node.Output().ElementCount ? [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))] : null;
    }
}
