using EdgeQuant.Converter.Evaluate.Metrics;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Metrics;

/// <summary>Spearman's rank correlation, against values worked out by hand.</summary>
public sealed class RankCorrelationTests
{
    [Fact]
    public void Only_the_order_counts()
    {
        Assert.Equal(1, RankCorrelation.Of([1, 2, 3, 4], [-7, 0, 0.5, 1e9])!.Value, 1e-12);
        Assert.Equal(-1, RankCorrelation.Of([1, 2, 3, 4], [9, 3, 2, -4])!.Value, 1e-12);
    }

    [Fact]
    public void Distances_of_ranks_give_the_value_of_the_textbook()
    {
        // 1 - 6 x (1 + 1 + 0 + 1 + 1) / (5 x 24).
        Assert.Equal(0.8, RankCorrelation.Of([10, 20, 30, 40, 50], [2, 1, 3, 5, 4])!.Value, 1e-12);
    }

    [Fact]
    public void Equal_scores_share_the_mean_of_their_ranks()
    {
        // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / root(4.5 x 5).
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Of([1, 2, 2, 3], [1, 2, 3, 4])!.Value, 1e-12);
    }

    [Fact]
    public void Scores_that_order_nothing_have_none()
    {
        Assert.Null(RankCorrelation.Of([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.Of([1], [2]));
    }
}
