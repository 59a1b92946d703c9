using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class InverseSquareRootTests
{
    /// <summary>Relative; what five steps of the iteration leave at the ends of its interval.</summary>
    private const double ErrorBound = 1.3e-6;

    [Fact]
    public void IsWithinItsErrorBound_ForEveryArgumentUpToAMillion_AndASweepOfTheRest()
    {
        for (long x = 1; x <= int.MaxValue; x = Next(x))
        {
            InverseSquareRoot.Of((int)x, out int multiplier, out int shift);
            double relative = multiplier * Math.Pow(2, shift - 31) * Math.Sqrt(x);
            if (!(Math.Abs(relative - 1) <= ErrorBound && multiplier > 0 && shift is <= 0 and >= -31))
            {
                Assert.Fail($"1 / sqrt({x}) is {multiplier} * 2^({shift} - 31): {relative} of the real value.");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void ZeroAndOne_GiveTheLargestBelowOne(int x)
    {
        InverseSquareRoot.Of(x, out int multiplier, out int shift);
        Assert.Equal((int.MaxValue, 0), (multiplier, shift));
    }

    // From TensorFlow Lite's definition over gemmlowp's own header.
    [Fact]
    public void EqualsTheReference()
    {
        var fingerprint = new Fingerprint();
        for (long x = 0; x <= int.MaxValue; x = Next(x))
        {
            InverseSquareRoot.Of((int)x, out int multiplier, out int shift);
            fingerprint.Add(multiplier);
            fingerprint.Add(shift);
        }

        Assert.Equal(0x9DD71273077480E7, fingerprint.Value);
    }

    private static long Next(long x) => x < 1_000_000 ? x + 1 : x + 2039;
}
