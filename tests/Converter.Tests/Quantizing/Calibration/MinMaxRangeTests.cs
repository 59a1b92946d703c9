using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class MinMaxRangeTests
{
    [Fact]
    public void One_record_shows_no_spread_and_is_given_three_times_its_range()
    {
        TensorRange range = MinMaxRange.Of(Records([-1], [2]));

        Assert.Equal(new TensorRange(-3, 6), range);
    }

    [Fact]
    public void Extremes_that_are_the_same_on_all_records_are_the_range()
    {
        TensorRange range = MinMaxRange.Of(Records([-1, -1, -1], [2, 2, 2]));

        Assert.Equal(new TensorRange(-1, 2), range);
    }

    [Fact]
    public void An_end_on_the_far_side_of_zero_is_not_widened()
    {
        TensorRange range = MinMaxRange.Of(Records([1, 2], [3, 3]));

        Assert.Equal(1, range.Minimum);
    }

    [Fact]
    public void Hundreds_of_records_have_shown_their_range()
    {
        Random random = new(1);
        float[] maxima = [.. Enumerable.Range(0, 500).Select(_ => 10 + DenseNetwork.Normal(random))];

        TensorRange range = MinMaxRange.Of(Records([.. maxima.Select(_ => 0f)], maxima));

        Assert.Equal(new TensorRange(0, maxima.Max()), range);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(20)]
    public void The_next_record_stays_within_with_the_probability_that_is_aimed_at(int records)
    {
        const int Trials = 20_000;
        Random random = new(records);
        int within = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            float[] maxima = [.. Enumerable.Range(0, records).Select(_ => 10 + DenseNetwork.Normal(random))];
            within += 10 + DenseNetwork.Normal(random) <= MinMaxRange.Of(Records(maxima, maxima)).Maximum ? 1 : 0;
        }

        Assert.InRange((double)within / Trials, 0.98, 0.995);
    }

    [Fact]
    public void The_largest_numbers_stay_finite()
    {
        TensorRange range = MinMaxRange.Of(Records([-float.MaxValue, 0], [float.MaxValue, 0]));

        Assert.Equal(new TensorRange(-float.MaxValue, float.MaxValue), range);
    }

    private static TensorStatistics Records(float[] minima, float[] maxima)
    {
        return new TensorStatistics("tensor", minima.Length, minima.Min(), maxima.Max(), 0, 0, minima, maxima, new ChannelStatistics([], [], []), []);
    }
}
