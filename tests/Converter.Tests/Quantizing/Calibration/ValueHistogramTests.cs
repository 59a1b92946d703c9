using EdgeQuant.Converter.Quantizing.Calibration;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class ValueHistogramTests
{
    [Fact]
    public void Each_value_lies_in_its_bin_and_bins_are_narrow()
    {
        foreach (float[] values in Distributions.All)
        {
            HistogramBin[] bins = BinsOf(values);
            foreach (HistogramBin bin in bins)
            {
                Assert.InRange(bin.High - (double)bin.Low, 0, Math.Max(Math.Abs((double)bin.Low), Math.Abs((double)bin.High)) / 256);
                Assert.Equal(values.Count(value => Holds(bin, value)), bin.Count);
            }
        }
    }

    [Fact]
    public void Bins_ascend_and_do_not_overlap()
    {
        HistogramBin[] bins = BinsOf([.. Distributions.Heavy, 0, -0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon]);
        for (int i = 1; i < bins.Length; i++)
        {
            Assert.True(bins[i].Low >= bins[i - 1].High);
        }

        Assert.Equal(Distributions.Heavy.Length + 6, bins.Sum(bin => bin.Count));
    }

    [Fact]
    public void Parts_in_any_order_make_the_same_whole()
    {
        float[][] parts = [.. Distributions.Heavy.Chunk(1234)];
        ValueHistogram forwards = new();
        Array.ForEach(parts, part => forwards.Add(part));
        ValueHistogram merged = new();
        foreach (float[] part in parts.Reverse())
        {
            ValueHistogram one = new();
            one.Add(part);
            merged.Add(one);
        }

        Assert.Equal(BinsOf(Distributions.Heavy), forwards.Bins());
        Assert.Equal(BinsOf(Distributions.Heavy), merged.Bins());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Even_bins_hold_the_same_values(int bins)
    {
        foreach (float[] values in Distributions.All.Where(values => values.Min() < values.Max()))
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            EvenHistogram even = EvenHistogram.Of(statistics, new TensorRange(statistics.Minimum, statistics.Maximum), bins);
            Assert.Equal(values.Count(value => value != 0), even.Counts.Sum(), 1e-3);
            Assert.Equal(values.Count(value => value == 0), even.Zeros);
        }
    }

    [Fact]
    public void Shares_outside_a_range_are_those_of_the_values()
    {
        foreach (float[] values in Distributions.All)
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            foreach (float edge in new[] { -1.5f, -0.3f, 0, 0.01f, 0.75f, 1, 100 })
            {
                Assert.Equal(values.Count(value => value < edge) / (double)values.Length, statistics.Below(edge), 0.003);
                Assert.Equal(values.Count(value => value > edge) / (double)values.Length, statistics.Above(edge), 0.003);
            }
        }
    }

    private static HistogramBin[] BinsOf(float[] values)
    {
        ValueHistogram histogram = new();
        histogram.Add(values);
        return histogram.Bins();
    }

    private static bool Holds(HistogramBin bin, float value)
    {
        if (bin.Low == bin.High)
        {
            return value == 0;
        }

        return bin.High > 0 ? value >= bin.Low && value < bin.High : value > bin.Low && value <= bin.High;
    }
}
