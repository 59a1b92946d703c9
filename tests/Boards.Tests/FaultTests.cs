using EdgeQuant.Boards.Simulator;
using Xunit;

namespace EdgeQuant.Boards.Tests;

public sealed class FaultTests
{
    [Fact]
    public void A_fault_is_a_kind_a_time_and_a_duration()
    {
        Assert.Equal(new Fault(FaultKind.BusError, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(3)), Fault.Parse("bus-error@2.5:0.5"));
        Assert.Equal(new Fault(FaultKind.Absent, TimeSpan.Zero, TimeSpan.MaxValue), Fault.Parse("ABSENT@0"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("stuck")]
    [InlineData("stuck@")]
    [InlineData("stuck@-1")]
    [InlineData("stuck@1:-1")]
    [InlineData("stuck@1:2:3")]
    [InlineData("stuck@1@2")]
    [InlineData("stuck@NaN")]
    [InlineData("stuck@1e300")]
    [InlineData("stuck@99999999999999")]
    [InlineData("broken@1")]
    public void What_is_no_fault_is_refused_with_what_is(string text)
    {
        string message = Assert.Throws<FormatException>(() => Fault.Parse(text)).Message;
        Assert.Contains("absent, bus-error, stuck, saturated, late, lost, other-chip", message, StringComparison.Ordinal);
    }
}
