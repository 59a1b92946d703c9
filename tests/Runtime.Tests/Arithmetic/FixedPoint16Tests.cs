using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class FixedPoint16Tests
{
    [Fact]
    public void PairOperations_MatchTheirDefinition_OnEveryPairOfEdges()
    {
        foreach (short a in Numbers.Int16Edges)
        {
            foreach (short b in Numbers.Int16Edges)
            {
                AssertPairOperations(a, b);
            }
        }
    }

    [Fact]
    public void PairOperations_MatchTheirDefinition() => Property.Holds(
        Numbers.Int16.Two(),
        static pair =>
        {
            AssertPairOperations(pair.Item1, pair.Item2);
            return true;
        });

    [Fact]
    public void RoundingMultiplyByPowerOfTwo_IsExactThenSaturated_OnEveryValueAndExponent()
    {
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            for (int exponent = -15; exponent <= 15; exponent++)
            {
                double scaled = x * Math.Pow(2, exponent);
                double expected = Math.Clamp(
                    Math.Round(scaled, MidpointRounding.AwayFromZero), short.MinValue, short.MaxValue);
                short actual = FixedPoint16.SaturatingRoundingMultiplyByPowerOfTwo((short)x, exponent);
                if (actual != expected)
                {
                    Assert.Fail($"{x} * 2^{exponent}: expected {expected}, got {actual}.");
                }
            }
        }
    }

    [Fact]
    public void RoundingDivide_RoundsHalvesAwayFromZero() => Property.Holds(
        Numbers.Int16.Zip(Gen.Choose(0, 15)),
        static @case => FixedPoint16.RoundingDivideByPowerOfTwo(@case.Item1, @case.Item2)
            == Exact.DivideHalvesAwayFromZero(@case.Item1, @case.Item2));

    [Theory]
    [InlineData(int.MinValue, short.MinValue)]
    [InlineData(-32769, short.MinValue)]
    [InlineData(-32768, short.MinValue)]
    [InlineData(32767, short.MaxValue)]
    [InlineData(32768, short.MaxValue)]
    [InlineData(int.MaxValue, short.MaxValue)]
    public void Saturate_KeepsTheNearest(int value, short expected) =>
        Assert.Equal(expected, FixedPoint16.Saturate(value));

    private static void AssertPairOperations(short a, short b)
    {
        Assert.Equal(
            Exact.Saturate(Exact.DivideHalvesUp((BigInteger)a * b, 15), 16),
            FixedPoint16.SaturatingRoundingDoublingHighMultiply(a, b));
        Assert.Equal(Exact.DivideHalvesAwayFromZero((BigInteger)a + b, 1), FixedPoint16.RoundingHalfSum(a, b));
        Assert.Equal(Exact.Saturate((BigInteger)a + b, 16), FixedPoint16.SaturatingAdd(a, b));
        Assert.Equal(Exact.Saturate((BigInteger)a - b, 16), FixedPoint16.SaturatingSubtract(a, b));
    }
}
