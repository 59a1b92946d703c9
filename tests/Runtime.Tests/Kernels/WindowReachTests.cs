using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Operators;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Kernels;

/// <summary>Which windows are left to kernels that copy no rows.</summary>
public sealed class WindowReachTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1 << 20, 256, true)]
    [InlineData(1 << 20, 257, false)]
    [InlineData(int.MaxValue, int.MaxValue, false)]
    public void Rows_that_no_array_can_hold_are_not_modest(int width, int channels, bool modest)
    {
        Assert.Equal(modest, WindowReach.IsModest(new Window(1, width, channels, 8)));
    }
}
