using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class EntropyRangeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lies_within_the_values_and_keeps_most_of_them(bool symmetric)
    {
        foreach (float[] values in Distributions.All)
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            TensorRange range = EntropyRange.Of(statistics, 256, symmetric);
            Assert.True(range.Minimum >= Math.Min(statistics.Minimum, 0) && range.Maximum <= Math.Max(statistics.Maximum, 0) && range.Minimum <= range.Maximum);
            Assert.InRange(statistics.Outside(range.Minimum, range.Maximum), 0, 0.05);
        }
    }

    [Fact]
    public void An_even_distribution_is_not_clipped()
    {
        TensorRange range = EntropyRange.Of(Distributions.StatisticsOf(Distributions.Uniform), 256, symmetric: false);
        Assert.InRange(range.Minimum, -2, -1.9f);
        Assert.InRange(range.Maximum, 4.9f, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_far_outlier_is_clipped(bool symmetric)
    {
        TensorStatistics statistics = Distributions.StatisticsOf([.. Distributions.Normal, 40]);
        Assert.InRange(EntropyRange.Of(statistics, 256, symmetric).Maximum, 3, 12);
        Assert.InRange(EntropyRange.Of(Distributions.StatisticsOf(Distributions.Outlier), 256, symmetric).Maximum, 3, 40);
    }

    [Fact]
    public void Zeros_do_not_matter()
    {
        float[] some = [.. Distributions.Rectified.Where(value => value > 0)];
        float[] many = [.. some, .. new float[1_000_000]];
        Assert.Equal(EntropyRange.Of(Distributions.StatisticsOf(some), 256, symmetric: false), EntropyRange.Of(Distributions.StatisticsOf(many), 256, symmetric: false));
    }

    [Fact]
    public void At_sixteen_bits_nothing_is_clipped()
    {
        TensorStatistics statistics = Distributions.StatisticsOf(Distributions.Heavy);
        Assert.Equal(new TensorRange(statistics.Minimum, statistics.Maximum), EntropyRange.Of(statistics, 65536, symmetric: true));
    }

    [Fact]
    public void Loss_is_none_where_each_bin_has_a_level_and_grows_with_what_is_clipped()
    {
        double[] counts = [1, 2, 3, 4, 3, 2, 1, 1];
        Assert.Equal(0, DistributionLoss.Of(counts, 0, 8, 8), 1e-12);
        double some = DistributionLoss.Of(counts, 0, 7, 7);
        double more = DistributionLoss.Of(counts, 0, 6, 6);
        Assert.InRange(some, 1e-6, more);
        Assert.True(DistributionLoss.Of(counts, 0, 8, 4) > 0);
    }
}
