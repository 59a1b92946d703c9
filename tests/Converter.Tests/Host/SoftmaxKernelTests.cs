using EdgeQuant.Converter.Host.Kernels;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

public sealed class SoftmaxKernelTests
{
    private static readonly float[] Rows = [1.5f, -2f, 0.25f, 80f, 79f, -80f];

    [Theory]
    [InlineData(1f)]
    [InlineData(0.5f)]
    public void Softmax_of_each_row_is_close_to_the_exact_one(float beta)
    {
        byte[] output = new byte[Rows.Length * sizeof(float)];
        SoftmaxKernel.Softmax(Floats.Bytes(Rows), output, 3, beta);

        Assert.Equal(Exact(beta), Floats.Of(output).Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Logarithm_of_softmax_is_close_to_the_exact_one()
    {
        byte[] output = new byte[Rows.Length * sizeof(float)];
        SoftmaxKernel.LogSoftmax(Floats.Bytes(Rows), output, 3);

        Assert.Equal(Exact(1).Select(value => Math.Log(value)), Floats.Of(output).Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Large_numbers_do_not_overflow()
    {
        byte[] output = new byte[2 * sizeof(float)];
        SoftmaxKernel.Softmax(Floats.Bytes(3e38f, -3e38f), output, 2, 1);

        Assert.Equal([1f, 0f], Floats.Of(output));
    }

    private static double[] Exact(float beta)
    {
        return [.. Rows.Chunk(3).SelectMany(row =>
        {
            double[] exponentials = [.. row.Select(value => Math.Exp(((double)value - row.Max()) * beta))];
            return exponentials.Select(value => value / exponentials.Sum());
        })];
    }
}
