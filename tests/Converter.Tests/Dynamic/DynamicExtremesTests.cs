using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>Where ranges are nothing, or all that there is.</summary>
public sealed class DynamicExtremesTests
{
    [Fact]
    public void Results_that_are_all_0_have_a_scale()
    {
        DynamicNetwork network = Load(DataType.Int8, [1, 2, 3, -4], 2, 0.5f, null, Activation.None);

        byte[][] results = network.RunBytes([10, 10], Bytes(DynamicScale.Of(0.1, 10)));

        DynamicScale scale = DynamicScale.Read(results[1]);
        Assert.True(scale.Step is > 0 and < 1);
        Assert.All(results[0], element => Assert.Equal(scale.ZeroPoint, (sbyte)element));
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e-6)]
    [InlineData(1.0)]
    public void A_bias_alone_comes_through_whatever_the_input_s_scale(double step)
    {
        DynamicNetwork network = Load(DataType.Int8, [1, 2, 3, -4], 2, 0.5f, [3.5f, -1.25f], Activation.None);

        (double[] values, double found) = network.Run([10, 10], Bytes(DynamicScale.Of(step, 10)));

        Assert.InRange(found, 4.75 / 255 * 0.9999, 4.75 / 255 * 1.0001);
        Assert.InRange(values[0], 3.5 - (0.51 * found), 3.5 + (0.51 * found));
        Assert.InRange(values[1], -1.25 - (0.51 * found), -1.25 + (0.51 * found));
    }

    [Fact]
    public void A_rectifier_that_leaves_nothing_leaves_0()
    {
        DynamicNetwork network = Load(DataType.Int8, [-1, -2, -3, -4], 2, 0.5f, [-3, -1], Activation.Relu);

        (double[] values, _) = network.Run([20, 30], Bytes(DynamicScale.Of(0.1, 10)));

        Assert.Equal([0, 0], values);
    }

    [Fact]
    public void The_deepest_products_at_their_largest_do_not_overflow()
    {
        // 255 x 128 x depth is just below 2^31.
        const int Depth = 65793;
        sbyte[] weights = [.. Enumerable.Repeat((sbyte)-128, Depth), .. Enumerable.Repeat((sbyte)127, Depth)];
        DynamicNetwork network = Load(DataType.Int8, weights, Depth, 1, [1e9f, -1e9f], Activation.None);
        byte[] data = [.. Enumerable.Repeat((byte)127, Depth)];

        (double[] values, double step) = network.Run(data, Bytes(DynamicScale.Of(1, -128)));

        double[] exact = [(255.0 * -128 * Depth) + 1e9, (255.0 * 127 * Depth) - 1e9];
        Assert.InRange(values[0], exact[0] - (0.51 * step), exact[0] + (0.51 * step));
        Assert.InRange(values[1], exact[1] - (0.51 * step), exact[1] + (0.51 * step));
        Assert.Throws<UnsupportedNetworkException>(() => Load(DataType.Int8, new sbyte[Depth + 1], Depth + 1, 1, null, Activation.None));
    }

    [Fact]
    public void A_channel_of_weights_0_with_a_large_scale_does_not_coarsen_the_others()
    {
        Tensor weights = Weights(DataType.Int8, [100, -50, 0, 0], [2, 2], new Quantization([1e-6f, 1e6f], [0, 0], 0));
        DynamicNetwork network = DynamicNetwork.Load(
            new DynamicProduct(new FullyConnected(Activation.None), false), [new Tensor("data", DataType.Int8, [1, 2]), weights, null, DynamicNetwork.Scale("scale")], 1, 2);

        (double[] values, double step) = network.Run([5, 7], Bytes(DynamicScale.Of(1, 0)));

        Assert.InRange(values[0], 150e-6 - (0.51 * step), 150e-6 + (0.51 * step));
    }

    [Fact]
    public void What_a_host_writes_to_a_scale_is_moved_to_what_it_can_be()
    {
        DynamicNetwork network = Load(DataType.Int8, [1, 2, 3, -4], 2, 0.5f, [1, 2], Activation.None);
        byte[] data = [20, 30];

        Assert.Equal(network.RunBytes(data, Bytes(new DynamicScale(1 << 30, 127, -128))), network.RunBytes(data, Bytes(new DynamicScale(-5, int.MaxValue, int.MinValue))));
        Assert.Equal(network.RunBytes(data, Bytes(new DynamicScale(1 << 30, -127, 127))), network.RunBytes(data, Bytes(new DynamicScale(0, int.MinValue, 500))));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    public void Weights_without_a_proper_scale_are_refused(float scale)
    {
        Assert.Throws<UnsupportedNetworkException>(() => Load(DataType.Int8, [1, 2, 3, 4], 2, scale, null, Activation.None));
    }

    [Fact]
    public void A_bias_that_is_no_number_is_refused()
    {
        Assert.Throws<UnsupportedNetworkException>(() => Load(DataType.Int8, [1, 2, 3, 4], 2, 1, [float.NaN, 1], Activation.None));
    }

    private static DynamicNetwork Load(DataType type, sbyte[] weights, int depth, float scale, float[]? bias, Activation activation)
    {
        int outputs = weights.Length / depth;
        Tensor? biases = bias is null ? null : new Tensor("bias", DataType.Float32, [outputs]) { Data = MemoryMarshal.AsBytes(bias.AsSpan()).ToArray() };
        return DynamicNetwork.Load(
            new DynamicProduct(new FullyConnected(activation), false),
            [new Tensor("data", DataType.Int8, [1, depth]), Weights(type, weights, [outputs, depth], Quantization.PerTensor(scale, 0)), biases, DynamicNetwork.Scale("scale")],
            1,
            outputs);
    }

    private static Tensor Weights(DataType type, sbyte[] values, int[] shape, Quantization quantization)
    {
        return new Tensor("weights", type, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), Quantization = quantization };
    }

    private static byte[] Bytes(DynamicScale scale)
    {
        byte[] bytes = new byte[DynamicScale.Elements * sizeof(int)];
        scale.Write(bytes);
        return bytes;
    }
}
