using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class ExponentialTests
{
    /// <summary>2^-22; the polynomial's remainder, exp(-1/8) * (1/8)^5 / 120, is 482 units of 2^-31 of it.</summary>
    private const double ErrorBound = 512;

    private const double Q31 = 1L << 31;

    public static TheoryData<int> IntegerBits => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(IntegerBits))]
    public void IsWithinItsErrorBound_AndMonotone(int integerBits)
    {
        Accuracy.IsWithin(
            ErrorBound, int.MinValue, 0, 1999, x => Exponential.OfNonPositive(x, integerBits), x => Real(x, integerBits));
        Accuracy.NeverFallsByMoreThan(0, int.MinValue, 0, 1999, x => Exponential.OfNonPositive(x, integerBits));
    }

    [Theory]
    [MemberData(nameof(IntegerBits))]
    public void IsMonotone_WhereTheFactorsChange(int integerBits)
    {
        int quarter = 1 << (29 - integerBits);
        for (long multiple = int.MinValue + (long)quarter; multiple < 0; multiple += quarter)
        {
            Accuracy.NeverFallsByMoreThan(
                0, multiple - 64, multiple + 64, 1, x => Exponential.OfNonPositive(x, integerBits));
        }
    }

    [Theory]
    [MemberData(nameof(IntegerBits))]
    public void HasItsValuesAtTheEnds(int integerBits)
    {
        Assert.Equal(int.MaxValue, Exponential.OfNonPositive(0, integerBits));
        Assert.Equal(
            Real(int.MinValue, integerBits), Exponential.OfNonPositive(int.MinValue, integerBits), ErrorBound);
    }

    // From gemmlowp's own header.
    [Theory]
    [InlineData(0, 0x4AE3DD094FC35D35)]
    [InlineData(1, 0x89D64DB18D8C715C)]
    [InlineData(2, 0x6C2C9C8445DA1551)]
    [InlineData(3, 0xBF32617A342F4AAE)]
    [InlineData(4, 0x97F559772B5926A3)]
    [InlineData(5, 0x2B7DAC46546E1EEF)]
    public void EqualsTheReference(int integerBits, ulong expected)
    {
        var fingerprint = new Fingerprint();
        for (long x = int.MinValue; x <= 0; x += 2039)
        {
            fingerprint.Add(Exponential.OfNonPositive((int)x, integerBits));
        }

        fingerprint.Add(Exponential.OfNonPositive(0, integerBits));
        fingerprint.Add(Exponential.OfNonPositive(-1, integerBits));
        Assert.Equal(expected, fingerprint.Value);
    }

    [Fact]
    public void OfQuarterInterval_EqualsTheReference() => Assert.Equal(
        0xCA42E594634BFF99, Fingerprint.OfSweep(-(1 << 29), -1, 509, Exponential.OfQuarterInterval));

    [Fact]
    public void OfQuarterInterval_IsWithinItsErrorBound() => Accuracy.IsWithin(
        ErrorBound, -(1 << 29), -1, 509, Exponential.OfQuarterInterval, static x => Real(x, 0));

    private static double Real(int x, int integerBits) => Math.Exp(x * Math.Pow(2, integerBits - 31)) * Q31;
}
