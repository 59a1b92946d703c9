using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class RequantizationTests
{
    private static readonly int[] s_multipliers =
        [.. Numbers.Int32Edges, 0x7FFEFFFF, 0x7FFF0000, 0x7FFF0001, 0x5A827999];

    [Fact]
    public void Int32_MatchesItsDefinition_OnEveryEdgeMultiplierAndShift()
    {
        foreach (int x in Numbers.Int32Edges)
        {
            foreach (int multiplier in s_multipliers)
            {
                for (int shift = -31; shift <= 30; shift++)
                {
                    int actual = Requantization.MultiplyByQuantizedMultiplier(x, multiplier, shift);
                    if (actual != Requantize(x, multiplier, shift))
                    {
                        Assert.Fail($"{x} * {multiplier} * 2^({shift} - 31) gave {actual}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void Int32_MatchesItsDefinition() => Property.Holds(
        Numbers.Int32.SelectMany(static x => Numbers.Multiplier.Zip(Gen.Choose(-31, 30)), static (x, factor) => (x, factor)),
        static @case => Requantization.MultiplyByQuantizedMultiplier(@case.x, @case.factor.Item1, @case.factor.Item2)
            == Requantize(@case.x, @case.factor.Item1, @case.factor.Item2));

    [Fact]
    public void OneSidedForms_EqualTheGeneralOne_OnTheirSide() => Property.Holds(
        Numbers.Int32.SelectMany(static x => Numbers.Multiplier.Zip(Gen.Choose(0, 30)), static (x, factor) => (x, factor)),
        static @case =>
        {
            (int multiplier, int shift) = @case.factor;
            return Requantization.MultiplyByQuantizedMultiplierGreaterThanOne(@case.x, multiplier, shift)
                    == Requantize(@case.x, multiplier, shift)
                && Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(@case.x, multiplier, -shift)
                    == Requantize(@case.x, multiplier, -shift);
        });

    [Theory]
    [InlineData(int.MinValue, int.MinValue, 0, int.MaxValue)]
    [InlineData(int.MinValue, int.MinValue, -31, 1)]
    [InlineData(1, 1 << 30, 30, 1 << 29)]
    [InlineData(4, 1 << 30, 30, 0)] // 4 * 2^30 wraps around to zero.
    [InlineData(3, 1 << 30, 30, -(1 << 29))] // 3 * 2^30 wraps around to -2^30.
    [InlineData(5, 1 << 30, 0, 3)] // 2.5
    [InlineData(-5, 1 << 30, 0, -2)] // -2.5, the first rounding: halves up.
    [InlineData(-10, int.MaxValue, -2, -3)] // -2.5, the second rounding: halves away from zero.
    [InlineData(5, 1 << 30, -1, 2)] // 1.25, rounded twice: 2.5 to 3, 1.5 to 2.
    public void Int32_KnownValues(int x, int multiplier, int shift, int expected) =>
        Assert.Equal(expected, Requantization.MultiplyByQuantizedMultiplier(x, multiplier, shift));

    [Fact]
    public void Int64_MatchesItsDefinition_OnEveryEdgeMultiplierAndShift()
    {
        foreach (long x in Numbers.Int48Edges)
        {
            foreach (int multiplier in s_multipliers.Where(static multiplier => multiplier >= 0))
            {
                for (int shift = -31; shift <= 7; shift++)
                {
                    int actual = Requantization.MultiplyByQuantizedMultiplier(x, multiplier, shift);
                    if (actual != Requantize(x, multiplier, shift))
                    {
                        Assert.Fail($"{x} * {multiplier} * 2^({shift} - 31) gave {actual}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void Int64_MatchesItsDefinition() => Property.Holds(
        Numbers.Int48.SelectMany(static x => Numbers.Multiplier.Zip(Gen.Choose(-31, 7)), static (x, factor) => (x, factor)),
        static @case => Requantization.MultiplyByQuantizedMultiplier(@case.x, @case.factor.Item1, @case.factor.Item2)
            == Requantize(@case.x, @case.factor.Item1, @case.factor.Item2));

    [Fact]
    public void Int32_PowersOfTwo_AreShiftsAlone() => Property.Holds(
        Numbers.Int32.Zip(Gen.Choose(-31, 30)),
        static @case =>
        {
            (int x, int shift) = @case;
            int halved = (int)(((long)(x << Math.Max(shift, 0)) + 1) >> 1);
            int right = Math.Max(-shift, 0);
            long half = right == 0 ? 0 : 1L << (right - 1);
            long magnitude = (Math.Abs((long)halved) + half) >> right;
            return Requantization.MultiplyByQuantizedMultiplier(x, 1 << 30, shift) == (halved < 0 ? -magnitude : magnitude);
        });

    [Fact]
    public void Int64_PowersOfTwo_AreOneShift() => Property.Holds(
        Numbers.Int48.Zip(Gen.Choose(-31, 7)),
        static @case =>
        {
            (long x, int shift) = @case;
            int expected = (int)(shift > 0 ? x << (shift - 1) : (x + (1L << -shift)) >> (1 - shift));
            return Requantization.MultiplyByQuantizedMultiplier(x, 1 << 30, shift) == expected;
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0x7FFF, 0)]
    [InlineData(0x8000, 1)]
    [InlineData(1 << 30, 1 << 14)]
    [InlineData(0x7FFE8000, 0x7FFF)]
    [InlineData(0x7FFEFFFF, 0x7FFF)]
    [InlineData(0x7FFF0000, 0x7FFF)]
    [InlineData(int.MaxValue, 0x7FFF)]
    public void ReduceMultiplier_RoundsToFifteenBits(int multiplier, int expected) =>
        Assert.Equal(expected, Requantization.ReduceMultiplier(multiplier));

    private static BigInteger Requantize(int x, int multiplier, int shift)
    {
        BigInteger shifted = Exact.Wrap(x * BigInteger.Pow(2, Math.Max(shift, 0)), 32);
        BigInteger product = Exact.Saturate(Exact.DivideHalvesUp(shifted * multiplier, 31), 32);
        return Exact.DivideHalvesAwayFromZero(product, Math.Max(-shift, 0));
    }

    private static BigInteger Requantize(long x, int multiplier, int shift)
    {
        BigInteger reduced = BigInteger.Min(Exact.DivideHalvesUp(multiplier, 16), short.MaxValue);
        return Exact.Wrap(Exact.DivideHalvesUp(x * reduced, 15 - shift), 32);
    }
}
