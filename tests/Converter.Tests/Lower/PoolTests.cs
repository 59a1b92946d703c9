using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Pools against their definition.</summary>
public sealed class PoolTests
{
    private const int Batches = 2;

    private static readonly Quantization Quantized = Quantization.PerTensor(0.25f, 3);

    public static TheoryData<int, int, int, int, int, int, int> Windows => new()
    {
        // Height, width, channels, kernel height, kernel width, stride, padding before.
        { 5, 4, 3, 2, 2, 1, 0 },
        { 5, 4, 3, 3, 2, 2, 1 },
        { 7, 6, 1, 3, 3, 3, 2 },
        { 4, 4, 130, 4, 4, 1, 0 },
        { 3, 3, 129, 5, 5, 2, 4 },
        { 6, 1, 2, 1, 1, 2, 0 },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void An_average_is_rounded_and_leaves_padding_out(int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        (Pool2D pool, int[] from, int[] to) = Pool(PoolKind.Average, height, width, channels, kernelHeight, kernelWidth, stride, padding);
        short[] values = Values(from);

        short[] found = SingleNode.Run<short>(pool, [SingleNode.Input(DataType.Int16, from, Quantized)], SingleNode.Input(DataType.Int16, to, Quantized), values);

        Assert.Equal(Expected(pool, values, from, to, pixels => (int)Math.Round(pixels.Average(), MidpointRounding.AwayFromZero)), found.Select(value => (int)value));
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_maximum_is_the_largest_pixel(int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        (Pool2D pool, int[] from, int[] to) = Pool(PoolKind.Maximum, height, width, channels, kernelHeight, kernelWidth, stride, padding);
        short[] values = Values(from);
        sbyte[] bytes = Array.ConvertAll(values, value => (sbyte)(value >> 8));

        short[] found = SingleNode.Run<short>(pool, [SingleNode.Input(DataType.Int16, from, Quantized)], SingleNode.Input(DataType.Int16, to, Quantized), values);
        sbyte[] foundBytes = SingleNode.Run<sbyte>(pool, [SingleNode.Input(DataType.Int8, from, Quantized)], SingleNode.Input(DataType.Int8, to, Quantized), bytes);

        Assert.Equal(Expected(pool, values, from, to, Enumerable.Max), found.Select(value => (int)value));
        Assert.Equal(Expected(pool, Array.ConvertAll(bytes, value => (short)value), from, to, Enumerable.Max), foundBytes.Select(value => (int)value));
    }

    [Theory]
    [InlineData(PoolKind.Average)]
    [InlineData(PoolKind.Maximum)]
    public void A_fused_activation_clamps(object kind)
    {
        Pool2D pool = new((PoolKind)kind, 1, 1, new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), Activation.Relu6);
        Tensor Of() => SingleNode.Input(DataType.Int8, [1, 1, 3, 1], Quantized);

        Assert.Equal([3, 10, 27], SingleNode.Run<sbyte>(pool, [Of()], Of(), new sbyte[] { -50, 10, 100 }));
    }

    [Fact]
    public void Other_quantization_types_or_windows_are_refused()
    {
        int[] shape = [1, 2, 2, 1];
        Pool2D pool = new(PoolKind.Average, 1, 1, new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), Activation.None);
        Tensor input = SingleNode.Input(DataType.Int8, shape, Quantized);

        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(pool, [input], SingleNode.Input(DataType.Int8, shape, Quantization.PerTensor(0.5f, 3))));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(pool, [input], SingleNode.Input(DataType.Int8, shape, Quantization.PerTensor(0.25f, 2))));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(pool, [input], SingleNode.Input(DataType.Int16, shape, Quantized)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(pool, [input], SingleNode.Input(DataType.Int8, [1, 3, 2, 1], Quantized)));
        Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(pool with { KernelHeight = 0 }, [input], SingleNode.Input(DataType.Int8, shape, Quantized)));
    }

    [Fact]
    public void Windows_in_the_padding_only_and_dilations_are_refused_by_name()
    {
        Tensor input = SingleNode.Input(DataType.Int8, [1, 4, 4, 1], Quantized);

        Assert.Contains("lie in the padding only", Reason(1, new WindowAttributes(1, 1, 1, 1, 1, 0, 0, 0), [1, 5, 4, 1]), StringComparison.Ordinal);
        Assert.Contains("lie in the padding only", Reason(1, new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 1), [1, 4, 5, 1]), StringComparison.Ordinal);
        Assert.Contains("Its dilations are 2 and 1", Reason(2, new WindowAttributes(1, 1, 2, 1, 0, 0, 0, 0), [1, 2, 3, 1]), StringComparison.Ordinal);

        string Reason(int kernel, WindowAttributes window, int[] to)
        {
            return Assert.Throws<UnsupportedNetworkException>(() => SingleNode.Lower(
                new Pool2D(PoolKind.Maximum, kernel, kernel, window, Activation.None), [input], SingleNode.Input(DataType.Int8, to, Quantized))).Message;
        }
    }

    private static (Pool2D Pool, int[] From, int[] To) Pool(
        PoolKind kind, int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        int top = Math.Min(padding, kernelHeight - 1);
        int left = Math.Min(padding, kernelWidth - 1);
        int[] to = [Batches, ((height - 1 + top) / stride) + 1, ((width - 1 + left) / stride) + 1, channels];
        int bottom = Math.Max(0, ((to[1] - 1) * stride) + kernelHeight - height - top);
        int right = Math.Max(0, ((to[2] - 1) * stride) + kernelWidth - width - left);
        WindowAttributes window = new(stride, stride, 1, 1, top, bottom, left, right);
        return (new Pool2D(kind, kernelHeight, kernelWidth, window, Activation.None), [Batches, height, width, channels], to);
    }

    private static short[] Values(int[] shape)
    {
        Random random = new(shape[1]);
        return [.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
    }

    private static IEnumerable<int> Expected(Pool2D pool, short[] values, int[] from, int[] to, Func<IEnumerable<int>, int> combine)
    {
        for (int i = 0; i < to.Aggregate((a, b) => a * b); i++)
        {
            int channel = i % to[3];
            int left = (i / to[3] % to[2] * pool.Window.StrideWidth) - pool.Window.PaddingLeft;
            int top = (i / to[3] / to[2] % to[1] * pool.Window.StrideHeight) - pool.Window.PaddingTop;
            int batch = i / to[3] / to[2] / to[1];
            yield return combine(
                from y in Enumerable.Range(top, pool.KernelHeight)
                from x in Enumerable.Range(left, pool.KernelWidth)
                where y >= 0 && y < @from[1] && x >= 0 && x < @from[2]
                select (int)values[(((((batch * @from[1]) + y) * @from[2]) + x) * @from[3]) + channel]);
        }
    }
}
