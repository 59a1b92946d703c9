using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Convolutions and fully connected operators, from real numbers to the device.</summary>
public sealed class ProductTests
{
    [Theory]
    [InlineData("int8", 34)]
    [InlineData("int8 per tensor", 32)]
    [InlineData("int8 symmetric", 32)]
    [InlineData("int16", 40)]
    [InlineData("int4", 15)]
    [InlineData("codebook", 18)]
    [InlineData("int16 with int4", 15)]
    [InlineData("int16 with codebook", 18)]
    [InlineData("power of two", 28)]
    public void A_convolutional_network_stays_close(string scheme, double decibels)
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 8, 8, 3);
        Tensor convolved = network.Add(new Convolution2D(Window(1, 1), Activation.Relu), [1, 8, 8, 16], input, network.Random(0.3, 16, 3, 3, 3), network.Random(0.5, 16));
        Tensor depthwise = network.Add(new DepthwiseConvolution2D(Window(2, 0), Activation.Relu6), [1, 3, 3, 16], convolved, network.Random(0.3, 1, 3, 3, 16), network.Random(0.5, 16));
        Tensor flat = network.Add(new Reshape(), [1, 144], depthwise);
        Tensor output = network.Add(new FullyConnected(Activation.None), [1, 10], flat, network.Random(0.1, 10, 144), null);

        QuantizedRun run = QuantizedRun.Of(network.Output(output), network.Samples(20), Schemes.Of(scheme));

        Assert.True(run.SignalToNoise > decibels, $"{run.SignalToNoise} dB");
    }

    [Theory]
    [InlineData("int8", "int8 with zero points", 1)]
    [InlineData("int4", "int4 with zero points", 4)]
    [InlineData("int4", "int4 per tensor with a zero point", 1)]
    public void Weights_far_from_zero_gain_by_zero_points(string symmetric, string asymmetric, double gain)
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 8, 8, 3);
        Tensor filter = network.Constant([16, 3, 3, 3], [.. Enumerable.Range(0, 16 * 27).Select(i => (i / 27 % 2 == 0 ? 1 : -1) * (0.1f + (i * 7 % 27 / 27f)))]);
        Tensor convolved = network.Add(new Convolution2D(Window(2, 1), Activation.None), [1, 4, 4, 16], input, filter, network.Random(0.5, 16));
        Tensor flat = network.Add(new Reshape(), [1, 256], convolved);
        Tensor weights = network.Constant([10, 256], [.. Enumerable.Range(0, 2560).Select(i => 0.01f + (i * 11 % 97 / 97f))]);
        Tensor output = network.Add(new FullyConnected(Activation.None), [1, 10], flat, weights, null);
        NetworkGraph graph = network.Output(output);

        double without = QuantizedRun.Of(graph, network.Samples(30), Schemes.Of(symmetric)).SignalToNoise;
        double with = QuantizedRun.Of(graph, network.Samples(30), Schemes.Of(asymmetric)).SignalToNoise;

        Assert.True(with > without + gain, $"{with} dB, without {without} dB");
    }

    private static WindowAttributes Window(int stride, int padding)
    {
        return new WindowAttributes(stride, stride, 1, 1, padding, padding, padding, padding);
    }
}
