using EdgeQuant.Converter.Quantizing.Repair;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Repair;

public sealed class QualityTests
{
    [Theory]
    [InlineData(20, 20, false)]
    [InlineData(20, 20.04, false)]
    [InlineData(20, 20.1, true)]
    [InlineData(20, double.PositiveInfinity, true)]
    public void Without_labels_noise_decides(double before, double after, bool better)
    {
        Assert.Equal(better, new Quality(after, null).IsBetterThan(new Quality(before, null)));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(4, 1, false)]
    [InlineData(5, 3, true)]
    [InlineData(45, 40, true)]
    [InlineData(45, 30, false)]
    public void Labels_may_be_lost_as_far_as_chance_explains(int lost, int won, bool better)
    {
        bool[] before = [.. Enumerable.Range(0, 100).Select(i => i < lost)];
        bool[] after = [.. Enumerable.Range(0, 100).Select(i => i >= 100 - won)];

        Assert.Equal(better, new Quality(30, after).IsBetterThan(new Quality(20, before)));
        Assert.False(new Quality(20, after).IsBetterThan(new Quality(30, before)));
    }
}
