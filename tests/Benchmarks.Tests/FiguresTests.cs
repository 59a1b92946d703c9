using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Benchmarks.Tests;

/// <summary>What becomes of durations.</summary>
public sealed class FiguresTests
{
    private static readonly Timing Own = new(Median: 20, Minimum: 10, P90: 40);

    [Fact]
    public void The_peers_call_is_taken_off()
    {
        PeerFigures peer = new("network.onnx", new Timing(100, 70, 200), new Timing(40, 30, 50));
        Assert.Equal(60, peer.Median);
        Assert.Equal(40, peer.Minimum);
        Assert.Equal(new Ratio(3, 4), Ratio.Of(peer, Own));
    }

    [Fact]
    public void A_call_that_took_longer_than_the_network_leaves_nothing()
    {
        PeerFigures peer = new("network.onnx", new Timing(100, 70, 200), new Timing(101, 71, 120));
        Assert.Equal(new Ratio(0, 0), Ratio.Of(peer, Own));
    }

    [Fact]
    public void Means_are_geometric_and_of_networks_with_a_ratio_only()
    {
        IReadOnlyList<MeanFigures> means = MeanFigures.Of([Network(("a", new Ratio(2, 1)), ("b", new Ratio(5, 5))), Network(("a", null)), Network(("a", new Ratio(8, 9)))]);
        Assert.Equal(["a", "b"], means.Select(mean => mean.Kernels));
        Assert.Equal([2, 1], means.Select(mean => mean.Networks));
        Assert.Equal(4, means[0].Ratio.OfMedians, 1e-12);
        Assert.Equal(3, means[0].Ratio.OfMinima, 1e-12);
        Assert.Equal(5, means[1].Ratio.OfMedians, 1e-12);
    }

    private static NetworkFigures Network(params (string Kernels, Ratio? Ratio)[] sets)
    {
        return new NetworkFigures("network", 1, 1, null, null, [.. sets.Select(set => new KernelSetFigures(set.Kernels, Own, 1, new PeakReport("best", 1), 1, set.Ratio, Own, new FirstInferenceFigures(1, 1, 1), []))]);
    }
}
