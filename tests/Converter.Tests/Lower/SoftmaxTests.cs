using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Softmax, its logarithm and L2 normalization against the same functions of real numbers.</summary>
public sealed class SoftmaxTests
{
    private const int Rows = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    public void Softmax_of_8_bits_is_near_the_real_one(int columns)
    {
        Random random = new(columns);
        foreach (float scale in new[] { 0.003f, 0.05f, 0.6f, 5f, 20f })
        {
            foreach (float beta in new[] { 1f, 0.3f })
            {
                sbyte[] elements = Elements(random, columns);
                Tensor[] inputs = [SingleNode.Input(DataType.Int8, [Rows, columns], Quantization.PerTensor(scale, random.Next(-128, 128)))];
                sbyte[] narrow = SingleNode.Run<sbyte>(
                    new Softmax(beta), inputs, SingleNode.Input(DataType.Int8, [Rows, columns], Quantization.PerTensor(1f / 256, -128)), elements);
                short[] wide = SingleNode.Run<short>(
                    new Softmax(beta), inputs, SingleNode.Input(DataType.Int16, [Rows, columns], Quantization.PerTensor(1f / 65536, short.MinValue)), elements);
                double[] real = Softmax(Array.ConvertAll(elements, element => (double)element * scale * beta), columns);
                for (int i = 0; i < elements.Length; i++)
                {
                    Assert.InRange(narrow[i] + 128, Math.Min((real[i] * 256) - 1, 254), (real[i] * 256) + 1);
                    Assert.InRange(wide[i] + 32768, Math.Min((real[i] * 65536) - 4, 65534), (real[i] * 65536) + 4);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(500)]
    public void Softmax_of_16_bits_is_near_the_real_one(int columns)
    {
        Random random = new(columns);
        foreach (float scale in new[] { 0.0001f, 0.001f, 0.02f })
        {
            short[] elements = [.. Enumerable.Range(0, Rows * columns).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
            short[] results = SingleNode.Run<short>(
                new Softmax(1),
                [SingleNode.Input(DataType.Int16, [Rows, columns], Quantization.PerTensor(scale, 0))],
                SingleNode.Input(DataType.Int16, [Rows, columns], Quantization.PerTensor(1f / 32768, 0)),
                elements);
            double[] real = Softmax(Array.ConvertAll(elements, element => (double)element * scale), columns);
            for (int i = 0; i < elements.Length; i++)
            {
                double ideal = real[i] * 32768;
                double tolerance = 40 + (ideal * 0.03);
                Assert.InRange(results[i], Math.Min(ideal - tolerance, 32760), ideal + tolerance);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(100)]
    public void Log_softmax_is_near_the_real_one(int columns)
    {
        Random random = new(columns);
        foreach (float scale in new[] { 0.003f, 0.05f, 0.6f, 5f, 20f })
        {
            sbyte[] elements = Elements(random, columns);
            sbyte[] results = SingleNode.Run<sbyte>(
                new LogSoftmax(),
                [SingleNode.Input(DataType.Int8, [Rows, columns], Quantization.PerTensor(scale, random.Next(-128, 128)))],
                SingleNode.Input(DataType.Int8, [Rows, columns], Quantization.PerTensor(1f / 16, 127)),
                elements);
            double[] real = Softmax(Array.ConvertAll(elements, element => (double)element * scale), columns);
            for (int i = 0; i < elements.Length; i++)
            {
                double ideal = Math.Clamp((Math.Log(real[i]) * 16) + 127, sbyte.MinValue, sbyte.MaxValue);
                Assert.InRange(results[i], ideal - 1.5, ideal + 1.5);
            }
        }
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(5, 8)]
    [InlineData(2, 700)]
    public void L2_normalization_divides_by_the_length_of_the_row(int rows, int columns)
    {
        Random random = new(columns);
        foreach (int zeroPoint in new[] { 0, -128, 127, 31 })
        {
            sbyte[] elements = [.. Enumerable.Range(0, rows * columns).Select(_ => (sbyte)random.Next(-128, 128))];
            sbyte[] results = SingleNode.Run<sbyte>(
                new L2Normalization(),
                [SingleNode.Input(DataType.Int8, [rows, columns], Quantization.PerTensor(0.1f, zeroPoint))],
                SingleNode.Input(DataType.Int8, [rows, columns], Quantization.PerTensor(1f / 128, 0)),
                elements);
            for (int i = 0; i < elements.Length; i++)
            {
                double length = Math.Sqrt(elements.Skip(i / columns * columns).Take(columns).Sum(element => Math.Pow(element - zeroPoint, 2)));
                double ideal = Math.Clamp((elements[i] - zeroPoint) / length * 128, -128, 127);
                Assert.InRange(results[i], ideal - 0.76, ideal + 0.76);
            }
        }
    }

    [Fact]
    public void A_row_of_zeros_normalizes_to_zeros()
    {
        sbyte[] results = SingleNode.Run<sbyte>(
            new L2Normalization(),
            [SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(0.1f, 5))],
            SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(1f / 128, 0)),
            new sbyte[] { 5, 5, 5, 5 });
        Assert.Equal(new sbyte[4], results);
    }

    [Fact]
    public void A_sum_beyond_the_fixed_point_range_gives_shares_near_zero()
    {
        const int Columns = 3000;
        sbyte[] results = SingleNode.Run<sbyte>(
            new Softmax(1),
            [SingleNode.Input(DataType.Int8, [Columns], Quantization.PerTensor(0.1f, 0))],
            SingleNode.Input(DataType.Int8, [Columns], Quantization.PerTensor(1f / 256, -128)),
            new sbyte[Columns]);
        Assert.All(results, result => Assert.Equal(sbyte.MinValue, result));
    }

    [Theory]
    [InlineData(1f / 128, -128)]
    [InlineData(1f / 256, 0)]
    public void Another_output_quantization_is_refused(float scale, int zeroPoint)
    {
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(
            new Softmax(1),
            [SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(0.1f, 0))],
            SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(scale, zeroPoint))));
        Assert.Contains("-128", exception.Refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_too_small_for_the_fixed_point_format_is_refused()
    {
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(
            new Softmax(1),
            [SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(1e-9f, 0))],
            SingleNode.Input(DataType.Int8, [4], Quantization.PerTensor(1f / 256, -128))));
        Assert.Contains("2^-26", exception.Refusals[0].Reason, StringComparison.Ordinal);
    }

    private static sbyte[] Elements(Random random, int columns)
    {
        int spread = random.Next(1, 257);
        return [.. Enumerable.Range(0, Rows * columns).Select(_ => (sbyte)(random.Next(0, spread) - 128))];
    }

    private static double[] Softmax(double[] values, int columns)
    {
        double[] shares = new double[values.Length];
        for (int row = 0; row < values.Length; row += columns)
        {
            double largest = values.Skip(row).Take(columns).Max();
            double sum = values.Skip(row).Take(columns).Sum(value => Math.Exp(value - largest));
            for (int i = row; i < row + columns; i++)
            {
                shares[i] = Math.Exp(values[i] - largest) / sum;
            }
        }

        return shares;
    }
}
