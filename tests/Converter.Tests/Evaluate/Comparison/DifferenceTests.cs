using EdgeQuant.Converter.Evaluate.Comparison;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Comparison;

public sealed class DifferenceTests
{
    /// <summary>The signal's power is 25, the noise's 1: 10 log 25 dB; the cosine 21 by 5 and the root of 18.</summary>
    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        Difference difference = Difference.Of([3, 4], [3, 3], tolerance: 0);
        Assert.Equal(10 * Math.Log10(25), difference.Decibels, 1e-12);
        Assert.Equal(21 / (5 * Math.Sqrt(18)), difference.Cosine, 1e-12);
        Assert.Equal(1, difference.Largest);
        Assert.Equal(0.5, difference.EqualShare);
    }

    [Fact]
    public void Nothing_differs_where_all_is_equal_infinities_included()
    {
        Difference difference = Difference.Of([1, float.PositiveInfinity], [1, float.PositiveInfinity], tolerance: 0);
        Assert.Equal(double.PositiveInfinity, difference.Decibels);
        Assert.Equal(0, difference.Largest);
        Assert.Equal(1, difference.EqualShare);
    }

    [Fact]
    public void Zeros_point_nowhere()
    {
        Assert.Equal(1, Difference.Of([0, 0], [0, 0], tolerance: 0).Cosine);
        Assert.Equal(0, Difference.Of([0, 0], [0, 1], tolerance: 0).Cosine);
        Assert.Equal(double.NegativeInfinity, Difference.Of([0, 0], [0, 1], tolerance: 0).Decibels);
    }

    [Fact]
    public void What_is_half_a_step_away_is_equal()
    {
        Difference difference = Difference.Of([0.4f, 0.6f, 1.0f], [0.5f, 0.5f, 0.5f], tolerance: 0.25f);
        Assert.Equal(2.0 / 3, difference.EqualShare, 1e-12);
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        Random random = new(5);
        float[] expected = [.. Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble())];
        float[] found = [.. expected.Select(value => value + (0.1f * (float)random.NextDouble()))];
        Difference whole = Difference.Of(expected, found, 0.05f);
        Difference parts = Difference.Of(expected.AsSpan(0, 10), found.AsSpan(0, 10), 0.05f) + Difference.Of(expected.AsSpan(10), found.AsSpan(10), 0.05f);
        Assert.Equal(whole.Decibels, parts.Decibels, 1e-9);
        Assert.Equal(whole.Cosine, parts.Cosine, 1e-9);
        Assert.Equal(whole.Largest, parts.Largest);
        Assert.Equal(whole.EqualShare, parts.EqualShare);
    }
}
