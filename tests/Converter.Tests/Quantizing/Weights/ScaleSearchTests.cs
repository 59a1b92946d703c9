using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Quantizing.Weights;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Weights;

public sealed class ScaleSearchTests
{
    [Theory]
    [InlineData(WeightEncoding.Int8, 9)]
    [InlineData(WeightEncoding.Int8, 300)]
    [InlineData(WeightEncoding.Int4, 9)]
    [InlineData(WeightEncoding.Int4, 300)]
    internal void The_error_is_no_larger_than_with_the_scale_that_holds_all(WeightEncoding encoding, int count)
    {
        IntegerRange range = IntegerRange.Of(encoding, symmetric: true);
        Random random = new(count);
        int smaller = 0;
        for (int trial = 0; trial < 100; trial++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
            double covering = values.Max(MathF.Abs) / (double)range.Highest;
            double found = ScaleSearch.Error(values, ScaleSearch.Run(values, encoding, powerOfTwo: false), range);
            double held = ScaleSearch.Error(values, covering, range);
            Assert.True(found <= held, $"{found} > {held}");
            smaller += found < 0.95 * held ? 1 : 0;
        }

        Assert.InRange(smaller, encoding == WeightEncoding.Int4 || count < 100 ? 50 : 0, 100);
    }

    [Fact]
    public void Weights_on_a_grid_keep_it()
    {
        float[] values = [.. Enumerable.Range(-127, 255).Select(value => value * 0.25f)];

        Assert.Equal(0.25, ScaleSearch.Run(values, WeightEncoding.Int8, powerOfTwo: false), 1e-9);
    }
}
