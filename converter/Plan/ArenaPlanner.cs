using EdgeQuant.Converter.Lower;

namespace EdgeQuant.Converter.Plan;

/// <summary>
/// Plans the arena: live ranges, operators in place, then an offset for every buffer. The lower bound is the largest number of bytes alive
/// at once, with what computes in place counted once.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Plans the arena; sets the offset of every buffer and the size of the arena.</summary>
    public static ArenaPlan Run(LoweredNetwork network)
    {
        LiveRangeAnalysis.Run(network);
        int inPlace = InPlaceMerger.Run(network);
        IReadOnlyList<LoweredBuffer> buffers = LiveRangeAnalysis.Run(network);
        int bound = LowerBound(buffers, network.Operators.Count);
        network.ArenaBytes = BufferPlacer.Run(buffers, bound);
        return new ArenaPlan(network.ArenaBytes, bound, inPlace);
    }

    private static int LowerBound(IReadOnlyList<LoweredBuffer> buffers, int operators)
    {
        int bound = 0;
        for (int position = -1; position <= operators; position++)
        {
            bound = Math.Max(bound, buffers.Where(buffer => buffer.First <= position && position <= buffer.Last).Sum(buffer => buffer.Bytes));
        }

        return bound;
    }
}
