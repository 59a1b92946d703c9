using EdgeQuant.Runtime.Kernels;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Sums of weights are those that adding one after the other gives, however many there are.</summary>
public sealed class WeightSumsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Random_weights(int stride)
    {
        Random random = new(stride);
        foreach (int length in (int[])[1, 15, 16, 17, 200, 2031, 2032, 2033, 10000])
        {
            sbyte[] weights = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-128, 128))];

            Check(weights, stride);
        }
    }

    [Theory]
    [InlineData(-128)]
    [InlineData(127)]
    public void The_largest_weights(int weight)
    {
        sbyte[] weights = new sbyte[5000];
        weights.AsSpan().Fill((sbyte)weight);

        Check(weights, 1);
        Check(weights, 7);
    }

    private static void Check(sbyte[] weights, int stride)
    {
        long[] own = [.. weights.Where((_, i) => i % stride == 0).Select(weight => (long)weight)];

        Assert.Equal((own.Sum(), own.Sum(Math.Abs)), WeightSums.Of(weights, stride));
    }
}
