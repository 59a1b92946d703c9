using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class FixedPointTests
{
    [Fact]
    public void HighMultiply_RoundsHalvesUp_AndSaturates_OnEveryPairOfEdges()
    {
        foreach (int a in Numbers.Int32Edges)
        {
            foreach (int b in Numbers.Int32Edges)
            {
                Assert.Equal(HighMultiply(a, b), FixedPoint.SaturatingRoundingDoublingHighMultiply(a, b));
            }
        }
    }

    [Fact]
    public void HighMultiply_RoundsHalvesUp_AndSaturates() => Property.Holds(
        Numbers.Int32.Two(),
        static pair => FixedPoint.SaturatingRoundingDoublingHighMultiply(pair.Item1, pair.Item2)
            == HighMultiply(pair.Item1, pair.Item2));

    [Theory]
    [InlineData(int.MinValue, int.MinValue, int.MaxValue)]
    [InlineData(int.MinValue, int.MaxValue, -int.MaxValue)]
    [InlineData(1, 1 << 30, 1)]
    [InlineData(-1, 1 << 30, 0)]
    [InlineData(-3, 1 << 30, -1)]
    public void HighMultiply_KnownValues(int a, int b, int expected) =>
        Assert.Equal(expected, FixedPoint.SaturatingRoundingDoublingHighMultiply(a, b));

    [Fact]
    public void RoundingDivide_RoundsHalvesAwayFromZero_OnEveryEdgeAndExponent()
    {
        foreach (int x in Numbers.Int32Edges)
        {
            for (int exponent = 0; exponent <= 31; exponent++)
            {
                Assert.Equal(
                    Exact.DivideHalvesAwayFromZero(x, exponent), FixedPoint.RoundingDivideByPowerOfTwo(x, exponent));
            }
        }
    }

    [Fact]
    public void RoundingDivide_RoundsHalvesAwayFromZero() => Property.Holds(
        Numbers.Int32.Zip(Gen.Choose(0, 31)),
        static @case => FixedPoint.RoundingDivideByPowerOfTwo(@case.Item1, @case.Item2)
            == Exact.DivideHalvesAwayFromZero(@case.Item1, @case.Item2));

    [Fact]
    public void RoundingMultiplyByPowerOfTwo_IsExactThenSaturated_OnEveryEdgeAndExponent()
    {
        foreach (int x in Numbers.Int32Edges)
        {
            for (int exponent = -31; exponent <= 31; exponent++)
            {
                Assert.Equal(
                    MultiplyByPowerOfTwo(x, exponent, 32),
                    FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(x, exponent));
            }
        }
    }

    [Fact]
    public void RoundingMultiplyByPowerOfTwo_IsExactThenSaturated() => Property.Holds(
        Numbers.Int32.Zip(Gen.Choose(-31, 31)),
        static @case => FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(@case.Item1, @case.Item2)
            == MultiplyByPowerOfTwo(@case.Item1, @case.Item2, 32));

    [Fact]
    public void HalfSum_Sum_And_Difference_AreExactThenRoundedOrSaturated_OnEveryPairOfEdges()
    {
        foreach (int a in Numbers.Int32Edges)
        {
            foreach (int b in Numbers.Int32Edges)
            {
                BigInteger sum = (BigInteger)a + b;
                Assert.Equal(Exact.DivideHalvesAwayFromZero(sum, 1), FixedPoint.RoundingHalfSum(a, b));
                Assert.Equal(Exact.Saturate(sum, 32), FixedPoint.SaturatingAdd(a, b));
                Assert.Equal(Exact.Saturate((BigInteger)a - b, 32), FixedPoint.SaturatingSubtract(a, b));
            }
        }
    }

    [Fact]
    public void HalfSum_Sum_And_Difference_AreExactThenRoundedOrSaturated() => Property.Holds(
        Numbers.Int32.Two(),
        static pair =>
        {
            BigInteger sum = (BigInteger)pair.Item1 + pair.Item2;
            BigInteger difference = (BigInteger)pair.Item1 - pair.Item2;
            return FixedPoint.RoundingHalfSum(pair.Item1, pair.Item2) == Exact.DivideHalvesAwayFromZero(sum, 1)
                && FixedPoint.SaturatingAdd(pair.Item1, pair.Item2) == Exact.Saturate(sum, 32)
                && FixedPoint.SaturatingSubtract(pair.Item1, pair.Item2) == Exact.Saturate(difference, 32);
        });

    [Theory]
    [InlineData(long.MinValue, int.MinValue)]
    [InlineData(int.MinValue - 1L, int.MinValue)]
    [InlineData(int.MinValue, int.MinValue)]
    [InlineData(0, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue + 1L, int.MaxValue)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Saturate_KeepsTheNearest(long value, int expected) =>
        Assert.Equal(expected, FixedPoint.Saturate(value));

    [Fact]
    public void Clamp_GivesTheNearestOfTheRange() => Property.Holds(
        Numbers.Int32.Three(),
        static @case =>
        {
            int minimum = Math.Min(@case.Item2, @case.Item3);
            int maximum = Math.Max(@case.Item2, @case.Item3);
            return FixedPoint.Clamp(@case.Item1, minimum, maximum) == Math.Clamp(@case.Item1, minimum, maximum);
        });

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    [InlineData(100)]
    public void Clamp_GivesTheMaximumOfAnEmptyRange(int value) => Assert.Equal(-1, FixedPoint.Clamp(value, 1, -1));

    private static BigInteger HighMultiply(int a, int b) =>
        Exact.Saturate(Exact.DivideHalvesUp((BigInteger)a * b, 31), 32);

    internal static BigInteger MultiplyByPowerOfTwo(BigInteger x, int exponent, int bits) => exponent > 0
        ? Exact.Saturate(x * BigInteger.Pow(2, exponent), bits)
        : Exact.DivideHalvesAwayFromZero(x, -exponent);
}
