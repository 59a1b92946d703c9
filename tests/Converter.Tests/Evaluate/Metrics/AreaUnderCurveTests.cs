using EdgeQuant.Converter.Evaluate.Metrics;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Metrics;

public sealed class AreaUnderCurveTests
{
    private static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    private static readonly bool[] Positive = [false, false, true, true];

    /// <summary>The curve goes up to (0, 0.5), right to (0.5, 0.5), up to (0.5, 1), right to (1, 1).</summary>
    [Fact]
    public void The_area_is_the_one_drawn_by_hand()
    {
        Assert.Equal(0.75, AreaUnderCurve.Of(Scores, Positive), 1e-12);
    }

    /// <summary>Below 0.5 lie 0.25; chance is 0.125 and all 0.5: 0.5 (1 + 0.125 / 0.375). Below 0.25: 0.125, 0.03125 and 0.25.</summary>
    [Fact]
    public void The_partial_area_is_scaled_between_chance_and_all()
    {
        Assert.Equal(2.0 / 3, AreaUnderCurve.Partial(Scores, Positive, 0.5), 1e-12);
        Assert.Equal(0.5 * (1 + (0.09375 / 0.21875)), AreaUnderCurve.Partial(Scores, Positive, 0.25), 1e-12);
    }

    [Fact]
    public void The_partial_area_of_all_is_the_area()
    {
        Assert.Equal(0.75, AreaUnderCurve.Partial(Scores, Positive, 1), 1e-12);
    }

    [Fact]
    public void Perfect_is_1_and_scores_that_say_nothing_are_half()
    {
        Assert.Equal(1, AreaUnderCurve.Of([1, 2, 3, 4], Positive), 1e-12);
        Assert.Equal(1, AreaUnderCurve.Partial([1, 2, 3, 4], Positive, 0.1), 1e-12);
        Assert.Equal(0, AreaUnderCurve.Of([4, 3, 2, 1], Positive), 1e-12);
        Assert.Equal(0.5, AreaUnderCurve.Of([7, 7, 7, 7], Positive), 1e-12);
        Assert.Equal(0.5, AreaUnderCurve.Partial([7, 7, 7, 7], Positive, 0.1), 1e-12);
    }

    [Fact]
    public void The_area_is_the_chance_that_a_positive_stands_above_a_negative()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            bool[] positive = [true, false, .. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(3) == 0)];
            double[] scores = [.. positive.Select(item => (double)random.Next(8) + (item ? 1 : 0))];
            double[] above = [.. scores.Where((_, i) => positive[i])];
            double[] below = [.. scores.Where((_, i) => !positive[i])];
            double chance = above.Average(high => below.Average(low => high > low ? 1 : high == low ? 0.5 : 0));
            Assert.Equal(chance, AreaUnderCurve.Of(scores, positive), 1e-9);
        }
    }
}
