using System.Numerics;
using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class RealScaleTests
{
    private const int Limit = 1 << 30;

    [Fact]
    public void Of_IsNormalized_AndRoundsHalvesUp() => Property.Holds(
        Numbers.Int48.Where(static value => value > 0).Zip(Gen.Choose(-60, 60)),
        static @case =>
        {
            (long value, int exponent) = @case;
            RealScale scale = RealScale.Of(value, exponent);
            int excess = Math.Max(0, BitOperations.Log2((ulong)value) - 30);
            BigInteger rounded = Exact.DivideHalvesUp(value, excess) << (excess + exponent + 100);
            return scale.Multiplier >= 1 << 30 && rounded == (BigInteger)scale.Multiplier << (scale.Shift - 31 + 100);
        });

    [Theory]
    [InlineData(1, 0, 1 << 30, 1)]
    [InlineData((1L << 31) - 1, 0, int.MaxValue, 31)]
    [InlineData((1L << 32) - 1, 0, 1 << 30, 33)] // rounds up to a power of two
    [InlineData(1L << 62, -62, 1 << 30, 1)]
    public void Of_HoldsPowersOfTwoAndTheirNeighbours(long value, int exponent, int multiplier, int shift)
    {
        RealScale scale = RealScale.Of(value, exponent);

        Assert.Equal((multiplier, shift), (scale.Multiplier, scale.Shift));
    }

    [Fact]
    public void Times_Over_Under_AreWithinTheirErrorBounds() => Property.Holds(
        Gen.Choose(1 << 30, int.MaxValue).Zip(Gen.Choose(-100, 100)).Zip(Gen.Choose(1 << 30, int.MaxValue).Zip(Gen.Choose(64, 255))),
        static @case =>
        {
            ((int multiplier, int shift), (int other, int divisor)) = @case;
            RealScale scale = new(multiplier, shift);
            return IsWithin(scale.Times(new RealScale(other, 3)), Value(scale) * Value(new RealScale(other, 3)), 1.0 / (1L << 31))
                && IsWithin(scale.Over(divisor), Value(scale) / divisor, 1.0 / (1L << 30))
                && IsWithin(scale.Under(divisor), divisor / Value(scale), 1.0 / (1L << 30));
        });

    [Fact]
    public void Into_IsWithinItsErrorBound_AndTheLimit() => Property.Holds(
        Numbers.Int32.Zip(Gen.Choose(-200, 200)).Zip(Gen.Choose(1 << 30, int.MaxValue).Zip(Gen.Choose(-200, 200))),
        static @case =>
        {
            ((int number, int numberShift), (int multiplier, int shift)) = @case;
            RealScale unit = new(multiplier, shift);
            double exact = number / (double)(1L << 31) * Math.Pow(2, numberShift) / Value(unit);
            int result = unit.Into(number, numberShift, Limit);
            double held = Math.Clamp(exact, -Limit, Limit);
            double lost = 31 - numberShift + shift > 0 ? 1 : Math.Pow(2, Math.Min(100, numberShift - shift - 31));
            return Math.Abs(result - held) <= lost;
        });

    private static double Value(RealScale scale) => scale.Multiplier / (double)(1L << 31) * Math.Pow(2, scale.Shift);

    private static bool IsWithin(RealScale scale, double exact, double error) =>
        scale.Multiplier >= 1 << 30 && Math.Abs(Value(scale) - exact) <= exact * error * 1.000001;
}
