using EdgeQuant.Runtime.Arithmetic;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class FourierTransformTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(256)]
    [InlineData(512)]
    public void Run_IsTheTransformDividedByTheLength(int length)
    {
        Random random = new(length);
        double[] samples = [.. Enumerable.Range(0, 2 * length).Select(_ => (double)random.Next(-20000, 20000))];
        FourierTransform transform = new(length);
        int[] data = new int[2 * length];
        for (int i = 0; i < length; i++)
        {
            data[2 * i] = (int)samples[2 * transform.Order(i)];
            data[(2 * i) + 1] = (int)samples[(2 * transform.Order(i)) + 1];
        }

        transform.Run(data, Twiddles(length));

        for (int k = 0; k < length; k++)
        {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < length; i++)
            {
                (double sine, double cosine) = Math.SinCos(-2 * Math.PI * k * i / length);
                real += (samples[2 * i] * cosine) - (samples[(2 * i) + 1] * sine);
                imaginary += (samples[2 * i] * sine) + (samples[(2 * i) + 1] * cosine);
            }

            // A pass rounds twice, by half a step each, and the passes behind it halve that again and again.
            Assert.Equal(real / length, data[2 * k], 4.0);
            Assert.Equal(imaginary / length, data[(2 * k) + 1], 4.0);
        }
    }

    [Fact]
    public void Order_TakesEveryNumberOnce()
    {
        for (int length = 2; length <= 16384; length *= 2)
        {
            FourierTransform transform = new(length);
            Assert.Equal(Enumerable.Range(0, length), Enumerable.Range(0, length).Select(transform.Order).Order());
        }
    }

    private static short[] Twiddles(int length)
    {
        return [.. Enumerable.Range(0, length).Select(k => -2 * Math.PI * k / length)
            .SelectMany(angle => new[] { Math.Cos(angle), Math.Sin(angle) })
            .Select(value => (short)Math.Floor(0.5 + (short.MaxValue * value)))];
    }
}
