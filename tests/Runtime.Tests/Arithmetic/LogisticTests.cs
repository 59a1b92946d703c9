using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class LogisticTests
{
    /// <summary>In units of 2^-31: a third of the exponential's, by the slope of 1 / (1 + x).</summary>
    private const double ErrorBound = 160;

    /// <summary>The sixteen units by which it may fall are the Newton-Raphson division's error, twice.</summary>
    private const int FallBound = 16;

    public static TheoryData<int> IntegerBits => [0, 3, 4, 5];

    [Theory]
    [MemberData(nameof(IntegerBits))]
    public void IsWithinItsErrorBound_AndMonotoneUpToTheDivision(int integerBits)
    {
        Accuracy.IsWithin(
            ErrorBound,
            int.MinValue,
            int.MaxValue,
            1999,
            x => Logistic.Of(x, integerBits),
            x => Math.Pow(2, 31) / (1 + Math.Exp(-(double)x * Math.Pow(2, integerBits - 31))));
        Accuracy.NeverFallsByMoreThan(
            FallBound, int.MinValue, int.MaxValue, 1999, x => Logistic.Of(x, integerBits));
    }

    [Fact]
    public void IsMonotoneUpToTheDivision_AroundZero() =>
        Accuracy.NeverFallsByMoreThan(FallBound, -100_000, 100_000, 1, static x => Logistic.Of(x, 4));

    [Fact]
    public void IsMonotone_InTheEightBitsOfTheOperator() => Accuracy.NeverFallsByMoreThan(
        0, int.MinValue, int.MaxValue, 1999, static x => FixedPoint.RoundingDivideByPowerOfTwo(Logistic.Of(x, 4), 23));

    [Theory]
    [InlineData(0, 1 << 30)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, 0)]
    public void HasItsValuesAtTheEnds(int x, int expected) =>
        Assert.Equal(expected, Logistic.Of(x, 5), ErrorBound);

    // From gemmlowp's own header.
    [Theory]
    [InlineData(0, 0xCE5F0ED360DB6A7F)]
    [InlineData(3, 0x48561490B43EFE86)]
    [InlineData(4, 0x2D7A08351BCCDF62)]
    [InlineData(5, 0x7651206AAC35175C)]
    public void EqualsTheReference(int integerBits, ulong expected)
    {
        var fingerprint = new Fingerprint();
        for (long x = int.MinValue; x <= int.MaxValue; x += 4093)
        {
            fingerprint.Add(Logistic.Of((int)x, integerBits));
        }

        fingerprint.Add(Logistic.Of(0, integerBits));
        Assert.Equal(expected, fingerprint.Value);
    }
}
