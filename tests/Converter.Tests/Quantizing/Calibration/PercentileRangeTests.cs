using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class PercentileRangeTests
{
    [Theory]
    [InlineData(99.99, false)]
    [InlineData(99.9, true)]
    [InlineData(99, false)]
    [InlineData(99, true)]
    [InlineData(90, false)]
    [InlineData(60, true)]
    public void Never_clips_more_than_it_says_and_not_much_less(double percentile, bool symmetric)
    {
        foreach (float[] values in Distributions.All)
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            TensorRange range = PercentileRange.Of(statistics, percentile, symmetric);
            double clipped = values.Count(value => value < range.Minimum || value > range.Maximum) / (double)values.Length;
            Assert.InRange(clipped, 0, 1 - (percentile / 100) + 1e-12);
            Assert.InRange(statistics.Outside(range.Minimum, range.Maximum), 0, 1 - (percentile / 100) + 1e-12);
        }
    }

    [Fact]
    public void All_values_are_the_hundredth_percentile()
    {
        foreach (float[] values in Distributions.All)
        {
            Assert.Equal(new TensorRange(values.Min(), values.Max()), PercentileRange.Of(Distributions.StatisticsOf(values), 100, symmetric: false));
        }
    }

    [Fact]
    public void A_normal_distribution_is_cut_at_its_quantiles()
    {
        TensorRange range = PercentileRange.Of(Distributions.StatisticsOf(Distributions.Normal), 99, symmetric: false);
        Assert.InRange(range.Maximum, 2.5f, 2.65f);
        Assert.InRange(range.Minimum, -2.65f, -2.5f);
    }
}
