using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class SquareRootTests
{
    [Fact]
    public void Of_IsTheNearestInteger()
    {
        Property.Holds(
            Numbers.Int32.SelectMany(high => Numbers.Int32.Select(low => ((ulong)(uint)high << 32) | (uint)low)),
            static value => SquareRoot.Of(value) == Nearest(value));
        Property.Holds(Numbers.Int32.Select(static value => (ulong)(uint)value), static value => SquareRoot.Of(value) == Nearest(value));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(uint.MaxValue, ushort.MaxValue)]
    [InlineData(uint.MaxValue + 1UL, 65536)]
    [InlineData(ulong.MaxValue, uint.MaxValue)]
    public void Of_StaysWithinHalfOfTheBits(ulong value, uint root) => Assert.Equal(root, SquareRoot.Of(value));

    private static uint Nearest(BigInteger value)
    {
        BigInteger largest = value <= uint.MaxValue ? ushort.MaxValue : uint.MaxValue;
        BigInteger low = 0;
        for (BigInteger bit = uint.MaxValue / 2 + 1; bit > 0; bit >>= 1)
        {
            low += (low + bit) * (low + bit) <= value ? bit : 0;
        }

        // Above low + 1/2 means above low^2 + low + 1/4.
        return (uint)BigInteger.Min(largest, value > (low * low) + low ? low + 1 : low);
    }
}
