using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How many times as fast as the peer: its time, without the call, divided by ours.</summary>
/// <param name="OfMedians">What is usual.</param>
/// <param name="OfMinima">What both can do when nothing disturbs them.</param>
internal sealed record Ratio(double OfMedians, double OfMinima)
{
    /// <summary>The ratio of what was measured in the same rounds.</summary>
    public static Ratio Of(PeerFigures peer, Timing own)
    {
        return new Ratio(peer.Median / own.Median, peer.Minimum / own.Minimum);
    }
}
