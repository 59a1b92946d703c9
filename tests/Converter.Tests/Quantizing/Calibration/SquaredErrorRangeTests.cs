using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class SquaredErrorRangeTests
{
    [Theory]
    [InlineData(256, false)]
    [InlineData(256, true)]
    [InlineData(65536, true)]
    [InlineData(16, false)]
    public void Is_never_worse_than_the_whole_range(int levels, bool symmetric)
    {
        foreach (float[] values in Distributions.All)
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            QuantizationError error = new(statistics, levels, symmetric);
            double whole = error.Of(new TensorRange(statistics.Minimum, statistics.Maximum));
            Assert.InRange(error.Of(SquaredErrorRange.Of(statistics, levels, symmetric)), 0, whole);
        }
    }

    [Fact]
    public void Is_hardly_worse_than_any_other_range_when_values_are_really_quantized()
    {
        foreach (float[] values in Distributions.All.Where(values => values.Min() < values.Max()))
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            double found = Measured(values, SquaredErrorRange.Of(statistics, 256, symmetric: false), symmetric: false);
            foreach (double percentile in new[] { 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100 })
            {
                double other = Measured(values, PercentileRange.Of(statistics, percentile, symmetric: false), symmetric: false);
                Assert.True(found <= other * 1.03, $"{found} is more than {other} of percentile {percentile}, {statistics.Minimum} to {statistics.Maximum}.");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_error_of_the_histogram_is_that_of_the_values(bool symmetric)
    {
        foreach (float[] values in new[] { Distributions.Normal, Distributions.Rectified, Distributions.Uniform, Distributions.Heavy, Distributions.Constant })
        {
            TensorStatistics statistics = Distributions.StatisticsOf(values);
            QuantizationError error = new(statistics, 256, symmetric);
            foreach (float share in new[] { 1, 0.7f, 0.4f })
            {
                TensorRange range = new(statistics.Minimum * share, statistics.Maximum * share);
                double measured = Measured(values, range, symmetric);
                Assert.InRange(error.Of(range), (measured * 0.97) - 1e-12, (measured * 1.03) + 1e-12);
            }
        }
    }

    [Fact]
    public void A_far_outlier_is_clipped_at_eight_bits()
    {
        TensorRange range = SquaredErrorRange.Of(Distributions.StatisticsOf([.. Enumerable.Repeat(Distributions.Normal, 10).SelectMany(values => values), 30]), 256, symmetric: false);
        Assert.InRange(range.Maximum, 3.5f, 15);
    }

    [Fact]
    public void Both_ends_are_found_where_they_differ()
    {
        float[] values = [.. Distributions.Normal.Select(value => value < 0 ? value * 0.1f : value), .. Enumerable.Repeat(-8f, 3)];
        TensorRange range = SquaredErrorRange.Of(Distributions.StatisticsOf(values), 16, symmetric: false);
        Assert.InRange(range.Minimum, -1f, 0f);
        Assert.InRange(range.Maximum, 2f, 4f);
    }

    /// <summary>The mean squared error when values are quantized to 8 bits as the quantizer does.</summary>
    private static double Measured(float[] values, TensorRange range, bool symmetric)
    {
        Quantization quantization = AffineParameters.Of(range, DataType.Int8, symmetric, powerOfTwo: false);
        return values.Average(value =>
        {
            double integer = Math.Clamp(Math.Round(value / (double)quantization.Scale) + quantization.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
            double error = value - (quantization.Scale * (integer - quantization.ZeroPoint));
            return error * error;
        });
    }
}
