using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class HyperbolicTangentTests
{
    /// <summary>In units of 2^-31: twice the logistic function's, because tanh(x) = 2 * logistic(2x) - 1.</summary>
    private const double ErrorBound = 320;

    /// <summary>Twice the logistic function's for the same reason.</summary>
    private const int FallBound = 32;

    public static TheoryData<int> IntegerBits => [0, 3, 4];

    [Theory]
    [MemberData(nameof(IntegerBits))]
    public void IsWithinItsErrorBound_AndMonotoneUpToTheDivision(int integerBits)
    {
        Accuracy.IsWithin(
            ErrorBound,
            int.MinValue,
            int.MaxValue,
            1999,
            x => HyperbolicTangent.Of(x, integerBits),
            x => Math.Pow(2, 31) * Math.Tanh(x * Math.Pow(2, integerBits - 31)));
        Accuracy.NeverFallsByMoreThan(
            FallBound, int.MinValue, int.MaxValue, 1999, x => HyperbolicTangent.Of(x, integerBits));
    }

    [Fact]
    public void IsMonotoneUpToTheDivision_AroundZero() =>
        Accuracy.NeverFallsByMoreThan(FallBound, -100_000, 100_000, 1, static x => HyperbolicTangent.Of(x, 4));

    [Fact]
    public void IsMonotone_InTheEightBitsOfTheOperator() => Accuracy.NeverFallsByMoreThan(
        0,
        int.MinValue,
        int.MaxValue,
        1999,
        static x => FixedPoint.RoundingDivideByPowerOfTwo(HyperbolicTangent.Of(x, 4), 24));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 27)]
    [InlineData(int.MaxValue)]
    public void IsOdd(int x) => Assert.Equal(-HyperbolicTangent.Of(x, 4), HyperbolicTangent.Of(-x, 4));

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, int.MinValue)]
    public void HasItsValuesAtTheEnds(int x, int expected) =>
        Assert.Equal(expected, HyperbolicTangent.Of(x, 4), ErrorBound);

    // From gemmlowp's own header.
    [Theory]
    [InlineData(0, 0xF915E645D83E4A44)]
    [InlineData(3, 0x63615B183E0A4A14)]
    [InlineData(4, 0x351657C3838AFF41)]
    public void EqualsTheReference(int integerBits, ulong expected)
    {
        var fingerprint = new Fingerprint();
        for (long x = int.MinValue; x <= int.MaxValue; x += 4093)
        {
            fingerprint.Add(HyperbolicTangent.Of((int)x, integerBits));
        }

        fingerprint.Add(HyperbolicTangent.Of(0, integerBits));
        Assert.Equal(expected, fingerprint.Value);
    }
}
