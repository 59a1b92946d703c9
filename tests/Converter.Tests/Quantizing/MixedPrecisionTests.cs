using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Networks that are partly of 8 and partly of 16 bits.</summary>
public sealed class MixedPrecisionTests
{
    private static readonly WindowAttributes s_window = new(1, 1, 1, 1, 1, 1, 1, 1);

    [Fact]
    public void Conversions_behind_products_are_taken_into_them_through_reshapes_too()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 6, 6, 2);
        Tensor first = network.Add(new Convolution2D(s_window, Activation.Relu), [1, 6, 6, 4], input, network.Random(0.3, 4, 3, 3, 2), network.Random(0.2, 4));
        Tensor second = network.Add(new DepthwiseConvolution2D(s_window, Activation.None), [1, 6, 6, 4], first, network.Random(0.4, 1, 3, 3, 4), network.Random(0.2, 4));
        Tensor third = network.Add(new FullyConnected(Activation.None), [1, 5], network.Add(new Reshape(), [1, 144], second), network.Random(0.2, 5, 144), null);

        QuantizedRun run = QuantizedRun.Of(network.Output(third), network.Samples(20), Wide(1));

        Assert.Single(run.Network.Graph.Nodes, node => node.Operation is Quantize);
        Assert.Equal(DataType.Int16, run.Network.Tensors[first].Type);
        Assert.Equal(DataType.Int8, run.Network.Tensors[second].Type);
        Assert.True(run.SignalToNoise > 34, $"{run.SignalToNoise} dB");
    }

    [Fact]
    public void A_product_with_another_reader_keeps_its_type()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 6, 6, 2);
        Tensor first = network.Add(new Convolution2D(s_window, Activation.None), [1, 6, 6, 4], input, network.Random(0.3, 4, 3, 3, 2), null);
        Tensor second = network.Add(new Convolution2D(s_window, Activation.None), [1, 6, 6, 4], first, network.Random(0.3, 4, 3, 3, 4), null);
        Tensor third = network.Add(new Convolution2D(s_window, Activation.None), [1, 6, 6, 4], first, network.Random(0.3, 4, 3, 3, 4), null);

        QuantizedRun run = QuantizedRun.Of(network.Output(second, third), network.Samples(10), Wide(1));

        Assert.Equal(DataType.Int8, run.Network.Tensors[first].Type);
        Assert.True(run.SignalToNoise > 34, $"{run.SignalToNoise} dB");
    }

    [Fact]
    public void Fused_conversions_lose_less_than_8_bits_between()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 40);
        Tensor first = network.Add(new FullyConnected(Activation.None), [1, 30], input, network.Random(0.3, 30, 40), null);
        Tensor second = network.Add(new FullyConnected(Activation.None), [1, 20], first, network.Random(0.3, 20, 30), null);
        NetworkGraph graph = network.Output(second);
        SampleSet samples = network.Samples(50);

        double fused = QuantizedRun.Of(graph, samples, Wide(1)).SignalToNoise;
        double narrow = QuantizedRun.Of(graph, samples, Recipe.Default).SignalToNoise;

        Assert.True(fused > narrow + 3, $"{fused} dB, in 8 bits {narrow} dB");
    }

    /// <summary>16-bit activations at one position, 8 bits elsewhere.</summary>
    private static Recipe Wide(int position)
    {
        return Recipe.Default with { Rules = [new RecipeRule(new SchemeChange { ActivationType = ActivationType.Int16 }) { From = position, To = position }] };
    }
}
