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
    public void RoundingDivide_RoundsHalvesAwayFromZero_OnEveryValueAndExponent()
    {
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            for (int exponent = 0; exponent <= 15; exponent++)
            {
                double expected = Math.Round(x / Math.Pow(2, exponent), MidpointRounding.AwayFromZero);
                short actual = FixedPoint16.RoundingDivideByPowerOfTwo((short)x, exponent);
                if (actual != expected)
                {
                    Assert.Fail($"{x} / 2^{exponent}: expected {expected}, got {actual}.");
                }
            }
        }
    }

    [Fact]
    public void RoundingDivide_GivesOneOrMinusOne_BeyondSixteenBits() => Property.Holds(
        Numbers.Int16.Zip(Gen.Choose(16, 31)),
        static @case => FixedPoint16.RoundingDivideByPowerOfTwo(@case.Item1, @case.Item2) == (@case.Item1 < 0 ? -1 : 1));

    [Fact]
    public void SaturatingShiftLeft_IsExactThenSaturated_OnEveryValueAndExponent()
    {
        for (int x = short.MinValue; x <= short.MaxValue; x++)
        {
            for (int exponent = 0; exponent <= 31; exponent++)
            {
                double expected = Math.Clamp(x * Math.Pow(2, exponent), short.MinValue, short.MaxValue);
                short actual = FixedPoint16.SaturatingShiftLeft((short)x, exponent);
                if (actual != expected)
                {
                    Assert.Fail($"{x} * 2^{exponent}: expected {expected}, got {actual}.");
                }
            }
        }
    }

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
        BigInteger product = (BigInteger)a * b;
        Assert.Equal(
            Exact.Saturate(Exact.DivideHalvesUp(product, 15), 16),
            FixedPoint16.SaturatingRoundingDoublingHighMultiply(a, b));
        Assert.Equal(
            Exact.Saturate(product.Sign * (BigInteger.Abs(product) >> 15), 16),
            FixedPoint16.SaturatingDoublingHighMultiply(a, b));
        Assert.Equal(Exact.Saturate((BigInteger)a + b, 16), FixedPoint16.SaturatingAdd(a, b));
    }
}
