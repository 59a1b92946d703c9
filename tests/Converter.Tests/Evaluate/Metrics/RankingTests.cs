using EdgeQuant.Converter.Evaluate.Metrics;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Metrics;

public sealed class RankingTests
{
    [Fact]
    public void Of_equal_scores_the_first_class_stands_first()
    {
        float[] scores = [1, 3, 3, 2];
        Assert.Equal(1, Ranking.Best(scores));
        Assert.Equal([3, 0, 1, 2], Enumerable.Range(0, 4).Select(label => Ranking.PlaceOf(label, scores)));
    }

    [Fact]
    public void A_score_that_is_no_number_has_no_best_class_and_no_places()
    {
        float[] scores = [1, float.NaN, 3];
        Assert.Equal(-1, Ranking.Best(scores));
        Assert.Equal(3, Ranking.PlaceOf(2, scores));
    }

    [Fact]
    public void Places_are_those_of_a_stable_sort()
    {
        Random random = new(1);
        for (int round = 0; round < 500; round++)
        {
            float[] scores = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (float)random.Next(0, 6))];
            int[] sorted = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
            Assert.Equal(sorted[0], Ranking.Best(scores));
            Assert.All(sorted, (label, place) => Assert.Equal(place, Ranking.PlaceOf(label, scores)));
        }
    }
}
