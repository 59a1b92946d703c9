using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class LogarithmTests
{
    private const int One = 1 << 19;

    [Theory]
    [InlineData(One, int.MaxValue, 1999)]
    [InlineData(One, 4 * One, 1)]
    public void IsWithinItsErrorBound_AndMonotone(int first, int last, int step)
    {
        Accuracy.IsWithin(3, first, last, step, OfQ12, static x => Math.Log((double)x / One) * (1 << 26));
        Accuracy.NeverFallsByMoreThan(0, first, last, step, OfQ12);
    }

    [Theory]
    [InlineData(One, 0)]
    [InlineData(2 * One, 46516320)] // log(2)
    public void KnownValues(int x, int expected) => Assert.Equal(expected, OfQ12(x), 3.0);

    // From TensorFlow Lite's definition over gemmlowp's own header.
    [Fact]
    public void EqualsTheReference() =>
        Assert.Equal(0xEBD56CDA3EADEC9B, Fingerprint.OfSweep(One, int.MaxValue, 2039, OfQ12));

    // The formats of LOG_SOFTMAX.
    private static int OfQ12(int x) => Logarithm.Of(x, 12, 5);
}
