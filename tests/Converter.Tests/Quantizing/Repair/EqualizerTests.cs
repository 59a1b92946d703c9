using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Repair;
using EdgeQuant.Converter.Tests.Execute;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Repair;

public sealed class EqualizerTests
{
    private const int Pairs = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_the_network_computes_stays_the_same(int seed)
    {
        RandomCnn cnn = RandomCnn.Of(seed, spread: 30);
        SampleSet samples = cnn.Samples(20);
        float[] before = Logits(cnn.Graph, samples);

        Assert.Equal(Pairs, Equalizer.Run(cnn.Graph).Count);

        float scale = before.Max(MathF.Abs);
        Assert.All(before.Zip(Logits(cnn.Graph, samples)), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-4f * scale));
    }

    [Fact]
    public void Both_sides_of_a_channel_have_the_same_range()
    {
        RandomCnn cnn = RandomCnn.Of(4, spread: 30);

        _ = Equalizer.Run(cnn.Graph);

        ProductWeights[] products = [.. cnn.Graph.Nodes.Select(ProductWeights.Of).OfType<ProductWeights>()];
        for (int i = 0; i + 1 < products.Length; i++)
        {
            int channels = products[i].Outputs;
            float[] first = Ranges(products[i], channels, products[i].OutputOf);
            float[] second = Ranges(products[i + 1], channels, element => products[i + 1].DataChannelOf(element, channels));
            Assert.All(first.Zip(second), pair => Assert.Equal(1, pair.First / pair.Second, tolerance: 0.02f));
        }
    }

    [Fact]
    public void A_limit_stays_unless_no_sample_reaches_it()
    {
        Assert.Empty(Equalizer.Run(RandomCnn.Of(5, activation: Activation.Relu6).Graph));
        Assert.Empty(Equalizer.Run(RandomCnn.Of(5, activation: Activation.Relu6).Graph, seen: tensor => Seen(tensor, 5.9f, 6)));
        Assert.Empty(Equalizer.Run(RandomCnn.Of(5, activation: Activation.Relu6).Graph, seen: tensor => Seen(tensor, 3, 4, 5)));

        NetworkGraph graph = RandomCnn.Of(5, activation: Activation.Relu6).Graph;
        Assert.Equal(Pairs, Equalizer.Run(graph, seen: tensor => Seen(tensor, 5.9f, 5.9f)).Count);
        Assert.Equal(Activation.Relu, Assert.IsType<Convolution2D>(graph.Nodes[0].Operation).Activation);
    }

    [Fact]
    public void With_scales_for_channels_the_channels_of_data_come_to_one_range()
    {
        RandomCnn cnn = RandomCnn.Of(4, spread: 8);
        SampleSet samples = cnn.Samples(30);
        CalibrationStatistics statistics = Calibrator.Run(cnn.Graph, samples, cancellation: TestContext.Current.CancellationToken);
        double before = Evenness(cnn, statistics);

        _ = Equalizer.Run(cnn.Graph, _ => true, tensor => statistics.Tensors[tensor]);

        double after = Evenness(cnn, Calibrator.Run(cnn.Graph, samples, cancellation: TestContext.Current.CancellationToken));
        Assert.True(before < 0.3, $"{before} before");
        Assert.True(after > 0.8, $"{after} after");
    }

    [Fact]
    public void What_others_read_is_left_alone()
    {
        NetworkGraph graph = RandomCnn.Of(6).Graph;
        graph.Outputs.Add(graph.Nodes[0].Output());

        Assert.Equal(Pairs - 1, Equalizer.Run(graph).Count);
    }

    [Fact]
    public void Shared_weights_are_left_alone()
    {
        NetworkGraph graph = RandomCnn.Of(7).Graph;
        Tensor other = FloatNode.Input(1, 8, 8, 20);
        graph.Nodes.Add(new Node(graph.Nodes[0].Operation, [.. graph.Nodes[0].Inputs], [other]));
        graph.Outputs.Add(other);

        Assert.Equal(Pairs - 1, Equalizer.Run(graph).Count);
    }

    [Fact]
    public void Groups_of_channels_stay_apart()
    {
        Random random = new(8);
        Tensor data = FloatNode.Input(1, 3, 3, 2);
        Tensor between = FloatNode.Input(1, 3, 3, 6);
        Tensor output = FloatNode.Input(1, 3, 3, 4);
        NetworkGraph graph = new("groups");
        WindowAttributes window = new(1, 1, 1, 1, 0, 0, 0, 0);
        graph.Inputs.Add(data);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new Convolution2D(window, Activation.None), [data, FloatNode.Constant([6, 1, 1, 2], FloatNode.Numbers(random, 12))], [between]));
        graph.Nodes.Add(new Node(new Convolution2D(window, Activation.None), [between, FloatNode.Constant([4, 1, 1, 3], FloatNode.Numbers(random, 12))], [output]));
        SampleSet samples = new([[FloatNode.Numbers(random, 18)]], "made");
        float[] before = RandomCnn.Values(graph, output, samples);

        Assert.Single(Equalizer.Run(graph));

        FloatNode.Close([.. before.Select(value => (double)value)], RandomCnn.Values(graph, output, samples), "groups");
    }

    /// <summary>The mean range of a channel that a depthwise convolution reads, as a share of the largest.</summary>
    private static double Evenness(RandomCnn cnn, CalibrationStatistics statistics)
    {
        float[] largest = statistics.Tensors[cnn.Graph.Nodes[0].Output()].Channels.Maximum;
        return largest.Average() / largest.Max();
    }

    private static TensorStatistics Seen(Tensor tensor, params float[] largest)
    {
        float[] channels = [.. Enumerable.Repeat(largest.Max(), tensor.Shape[^1])];
        return new TensorStatistics(tensor.Name, largest.Length, 0, largest.Max(), 1, 1, new float[largest.Length], largest, new ChannelStatistics(new float[channels.Length], channels, channels), []);
    }

    private static float[] Logits(NetworkGraph graph, SampleSet samples)
    {
        return RandomCnn.Values(graph, graph.Nodes[^1].Input(0), samples);
    }

    private static float[] Ranges(ProductWeights product, int channels, Func<int, int> channelOf)
    {
        float[] ranges = new float[channels];
        float[] values = ConstantValues.Of(product.Tensor)!;
        for (int i = 0; i < values.Length; i++)
        {
            ranges[channelOf(i)] = Math.Max(ranges[channelOf(i)], Math.Abs(values[i]));
        }

        return ranges;
    }
}
