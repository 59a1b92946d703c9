using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class ReciprocalTests
{
    private const double Q31 = 1L << 31;

    [Fact]
    public void OfOnePlus_IsWithinItsErrorBound_AndMonotone()
    {
        Accuracy.IsWithin(
            8, 0, int.MaxValue, 1999, Reciprocal.OfOnePlus, static x => Q31 / (1 + (x / Q31)));
        Accuracy.NeverFallsByMoreThan(0, -int.MaxValue, 0, 1999, static x => Reciprocal.OfOnePlus(-x));
    }

    [Fact]
    public void OneMinusOverOnePlus_IsWithinItsErrorBound_AndMonotone()
    {
        Accuracy.IsWithin(
            16, 0, int.MaxValue, 1999, Reciprocal.OneMinusOverOnePlus, static x => Q31 * (Q31 - x) / (Q31 + x));
        Accuracy.NeverFallsByMoreThan(0, -int.MaxValue, 0, 1999, static x => Reciprocal.OneMinusOverOnePlus(-x));
    }

    [Fact]
    public void Of_IsWithinItsErrorBound_AndNormalized() => Property.Holds(
        Numbers.Int32.Where(static x => x > 0).Zip(Gen.Choose(0, 31)),
        static @case =>
        {
            (int x, int integerBits) = @case;
            int result = Reciprocal.Of(x, integerBits, out int bitsOverUnit);
            double real = Math.Pow(2, 31 - integerBits) / x;
            double scale = Math.Pow(2, -31 - bitsOverUnit);
            return result >= (1 << 30) - 8
                && Math.Abs((result * scale) - real) <= 8 * scale;
        });

    [Theory]
    [InlineData(1 << 19, 12, int.MaxValue, 0)] // 1
    [InlineData(1 << 20, 12, int.MaxValue, 1)] // 2
    [InlineData(int.MaxValue, 31, 1 << 30, 30)]
    [InlineData(1, 31, int.MaxValue, 0)]
    public void Of_KnownValues(int x, int integerBits, int expected, int expectedBitsOverUnit)
    {
        Assert.Equal(expected, Reciprocal.Of(x, integerBits, out int bitsOverUnit), 8.0);
        Assert.Equal(expectedBitsOverUnit, bitsOverUnit);
    }

    // The first two from gemmlowp's own header, the third from TensorFlow Lite's use of it.
    [Fact]
    public void EqualsTheReference()
    {
        Assert.Equal(0xC5B7E44A823ADBF2, Fingerprint.OfSweep(0, int.MaxValue, 2039, Reciprocal.OfOnePlus));
        Assert.Equal(0x05883DD55A722EBEUL, Fingerprint.OfSweep(0, int.MaxValue, 2039, Reciprocal.OneMinusOverOnePlus));

        var fingerprint = new Fingerprint();
        for (long x = 1; x <= int.MaxValue; x += 2039)
        {
            fingerprint.Add(Reciprocal.Of((int)x, 12, out int bitsOverUnit));
            fingerprint.Add(bitsOverUnit);
        }

        Assert.Equal(0xD52A0B53F46D53CD, fingerprint.Value);
    }
}
