using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class Logistic16Tests
{
    private const double Q15 = 1 << 15;

    /// <summary>
    /// Half a unit of the scaled argument, in units of 2^-15: what its rounding adds to the error where the slope is 1.
    /// </summary>
    private const double ArgumentRounding = Q15 / (3 * 4096) / 2;

    // Scales of which the third, 1 / 8192 in general form, is the second in power-of-two form.
    public static TheoryData<int, int, double> Scales => new()
    {
        { 3, 0, 1.0 / 4096 },
        { 6, 0, 1.0 / 2048 },
        { 24576, 14, 1.0 / 8192 },
        { 20133, 14, 20133 / (3.0 * 4096 * 16384) },
        { 32767, 31, 32767 / (3.0 * 4096 * int.MaxValue) },
    };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Logistic_IsWithinItsErrorBound_AndMonotone_OnEveryInt16(int multiplier, int shift, double scale)
    {
        Accuracy.IsWithin(
            1.25 + (shift == 0 ? 0 : ArgumentRounding / 4),
            short.MinValue,
            short.MaxValue,
            1,
            x => Logistic16.Logistic((short)x, multiplier, shift),
            x => Q15 / (1 + Math.Exp(-x * scale)));
        Accuracy.NeverFallsByMoreThan(
            0, short.MinValue, short.MaxValue, 1, x => Logistic16.Logistic((short)x, multiplier, shift));
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Tanh_IsWithinItsErrorBound_AndMonotone_OnEveryInt16(int multiplier, int shift, double scale)
    {
        Accuracy.IsWithin(
            1.5 + (shift == 0 ? 0 : ArgumentRounding),
            short.MinValue,
            short.MaxValue,
            1,
            x => Logistic16.Tanh((short)x, multiplier, shift),
            x => Q15 * Math.Tanh(x * scale));
        Accuracy.NeverFallsByMoreThan(
            0, short.MinValue, short.MaxValue, 1, x => Logistic16.Tanh((short)x, multiplier, shift));
    }

    [Theory]
    [InlineData(0, 3, 0, 16384, 0)]
    [InlineData(short.MaxValue, 3, 0, 32757, 32767)]
    [InlineData(short.MinValue, 3, 0, 11, -32767)]
    [InlineData(short.MaxValue, 6, 0, 32767, 32767)]
    [InlineData(short.MinValue, 6, 0, 1, -32767)]
    [InlineData(short.MinValue, 1 << 16, 0, 1, -32767)] // -2^31, whose magnitude is no int32.
    public void KnownValues(short x, int multiplier, int shift, short logistic, short tanh)
    {
        Assert.Equal(logistic, Logistic16.Logistic(x, multiplier, shift));
        Assert.Equal(tanh, Logistic16.Tanh(x, multiplier, shift));
    }

    // From TensorFlow Lite's definition.
    [Theory]
    [InlineData(3, 0, 0x38BC12E149D16F35)]
    [InlineData(16385, 2, 0x8F1B695DBFC59A2D)]
    [InlineData(32767, 31, 0xD740B1A10A722325)]
    public void Logistic_EqualsTheReference(int multiplier, int shift, ulong expected) => Assert.Equal(
        expected,
        Fingerprint.OfSweep(
            short.MinValue, short.MaxValue, 1, x => Logistic16.Logistic((short)x, multiplier, shift)));

    // From TensorFlow Lite's definition.
    [Theory]
    [InlineData(6, 0, 0x3288A1768F1C53BD)]
    [InlineData(16385, 2, 0x84C9191135A7E611)]
    [InlineData(32767, 31, 0x9C735BED0A722325)]
    public void Tanh_EqualsTheReference(int multiplier, int shift, ulong expected) => Assert.Equal(
        expected,
        Fingerprint.OfSweep(short.MinValue, short.MaxValue, 1, x => Logistic16.Tanh((short)x, multiplier, shift)));
}
