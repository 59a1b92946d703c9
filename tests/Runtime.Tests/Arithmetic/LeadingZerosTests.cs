using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class LeadingZerosTests
{
    [Fact]
    public void Count_EqualsTheProcessor_OnEveryEdge() => Assert.All(
        Numbers.Int32Edges,
        static value => Assert.Equal(BitOperations.LeadingZeroCount((uint)value), LeadingZeros.Count((uint)value)));

    [Fact]
    public void Count_EqualsTheProcessor() => Property.Holds(
        Numbers.Int32.Select(static value => (uint)value),
        static value => LeadingZeros.Count(value) == BitOperations.LeadingZeroCount(value));
}
