using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime;

namespace EdgeQuant.Converter.Plan;

/// <summary>
/// Plans the arena: live ranges, operators in place, then an offset for every buffer. The lower bound is the largest number of bytes alive
/// at once, with what computes in place counted once.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Plans the arena; sets the offset of every buffer and the size of the arena.</summary>
    /// <exception cref="UnsupportedNetworkException">Arena and state would take more than the runtime allows.</exception>
    public static ArenaPlan Run(LoweredNetwork network)
    {
        LiveRangeAnalysis.Run(network);
        int inPlace = InPlaceMerger.Run(network);
        IReadOnlyList<LoweredBuffer> buffers = LiveRangeAnalysis.Run(network);
        long bound = LowerBound(buffers, network.Operators.Count);
        RequireMemory(network, bound);
        long bytes = BufferPlacer.Run(buffers, bound);
        RequireMemory(network, bytes);
        network.ArenaBytes = (int)bytes;
        return new ArenaPlan(network.ArenaBytes, (int)bound, inPlace);
    }

    private static long LowerBound(IReadOnlyList<LoweredBuffer> buffers, int operators)
    {
        // Buffers live from position -1, the inputs, to the one behind the last operator, the outputs.
        long[] change = new long[operators + 3];
        foreach (LoweredBuffer buffer in buffers)
        {
            change[buffer.First + 1] += buffer.Bytes;
            change[buffer.Last + 2] -= buffer.Bytes;
        }

        long alive = 0;
        long bound = 0;
        foreach (long step in change)
        {
            alive += step;
            bound = Math.Max(bound, alive);
        }

        return bound;
    }

    private static void RequireMemory(LoweredNetwork network, long arenaBytes)
    {
        if (arenaBytes + network.StateBytes > Network.DefaultMemoryLimit)
        {
            throw new UnsupportedNetworkException(
            [
                new Refusal(
                    "network",
                    [],
                    $"It needs {arenaBytes} bytes for values that are alive at once and {network.StateBytes} for states; the runtime allows {Network.DefaultMemoryLimit} together.",
                    "Use a smaller input, or fewer channels."),
            ]);
        }
    }
}
