using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Tests.Quantizing;
using Xunit;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>Networks whose recipe says that activation ranges are found on the device, from real numbers to the device and back.</summary>
public sealed class DynamicRewriterTests
{
    private const double Louder = 10;

    private static readonly Recipe s_dynamic = Of(OperatorScheme.Default with { Activations = new ActivationScheme(ActivationType.Dynamic) });

    [Fact]
    public void Inputs_beyond_the_calibrated_range_come_through_unclipped()
    {
        FloatNetwork network = new();
        NetworkGraph graph = Convolutional(network);
        SampleSet quiet = network.Samples(20);
        SampleSet loud = network.Samples(20, Louder);

        QuantizedRun clipped = QuantizedRun.Of(graph, quiet, loud);
        QuantizedRun found = QuantizedRun.Of(graph, quiet, loud, s_dynamic);

        Assert.True(clipped.SignalToNoise < 8, $"static: {clipped.SignalToNoise} dB");
        Assert.True(found.SignalToNoise > 30, $"dynamic: {found.SignalToNoise} dB");
    }

    [Theory]
    [InlineData(nameof(WeightEncoding.Int8), true, false, 33)]
    [InlineData(nameof(WeightEncoding.Int8), false, true, 30)]
    [InlineData(nameof(WeightEncoding.Int4), true, false, 14)]
    [InlineData(nameof(WeightEncoding.Codebook), true, false, 16)]
    public void A_convolutional_network_stays_close(string encoding, bool perChannel, bool symmetric, double decibels)
    {
        FloatNetwork network = new();
        OperatorScheme scheme = new(new WeightScheme(Enum.Parse<WeightEncoding>(encoding), perChannel), new ActivationScheme(ActivationType.Dynamic, symmetric), new CalibrationScheme());

        QuantizedRun run = QuantizedRun.Of(Convolutional(network), network.Samples(20), Of(scheme));

        Assert.True(run.SignalToNoise > decibels, $"{run.SignalToNoise} dB");
        Assert.Equal(
            ["DynamicQuantize", "DynamicConvolution2D", "Pool2D", "DynamicDepthwiseConvolution2D", "Reshape", "DynamicFullyConnected", "DynamicDequantize"],
            run.Network.Graph.Nodes.Select(node => node.Operation.Name));
    }

    [Fact]
    public void The_simulation_is_what_the_device_computes()
    {
        FloatNetwork network = new();
        NetworkGraph source = Convolutional(network);
        SampleSet samples = network.Samples(20);
        QuantizedRun run = QuantizedRun.Of(source, samples, s_dynamic);
        float[][] simulated = new float[samples.Count][];
        NetworkGraph graph = run.Network.Graph;
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => simulated[record] = workspace[graph.Outputs[0]].ToArray());

        Assert.True(QuantizedRun.Decibels(simulated.SelectMany(values => values), run.Found.SelectMany(values => values)) > 40);
    }

    [Fact]
    public void Activations_of_the_source_are_found_in_the_quantized_network()
    {
        FloatNetwork network = new();
        NetworkGraph source = Convolutional(network);
        SampleSet samples = network.Samples(1);
        QuantizedRun run = QuantizedRun.Of(source, samples, s_dynamic);
        FloatExecutor.Of(run.Network.Graph).RunAll(samples, (_, quantized) => FloatExecutor.Of(run.Network.Source).RunAll(samples, (_, real) =>
        {
            foreach (Tensor tensor in run.Network.Source.Nodes.SelectMany(node => node.Outputs))
            {
                Assert.True(QuantizedRun.Decibels(real[tensor].ToArray(), quantized[run.Network.Tensors[tensor]].ToArray()) > 25);
            }
        }));
    }

    [Fact]
    public void An_input_whose_range_the_recipe_gives_keeps_it()
    {
        FloatNetwork network = new();
        Recipe recipe = s_dynamic with { Tensors = [new TensorRule("input0") { Range = (-5, 5) }] };

        QuantizedRun run = QuantizedRun.Of(Convolutional(network), network.Samples(20), recipe);

        Assert.Equal("Quantize", run.Network.Graph.Nodes[0].Operation.Name);
        Assert.True(run.SignalToNoise > 33, $"{run.SignalToNoise} dB");
    }

    [Fact]
    public void Operators_of_fixed_scales_stand_between_dynamic_ones()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 32);
        Tensor first = network.Add(new FullyConnected(Activation.None), [1, 24], input, network.Random(0.2, 24, 32), network.Random(0.5, 24));
        Tensor second = network.Add(new Unary(UnaryFunction.Tanh), [1, 24], first);
        Tensor third = network.Add(new FullyConnected(Activation.Relu), [1, 24], second, network.Random(0.2, 24, 24), null);
        Tensor sum = network.Add(new Arithmetic(ArithmeticFunction.Add, Activation.None), [1, 24], first, third);
        Tensor best = network.Add(new ArgMaximum(), DataType.Int32, [1], third, FloatNetwork.Integers(1));
        NetworkGraph graph = network.Output(sum, third);

        QuantizedRun run = QuantizedRun.Of(graph, network.Samples(20), s_dynamic);

        Assert.True(run.SignalToNoise > 33, $"{run.SignalToNoise} dB");
        Node compares = run.Network.Graph.Nodes.Single(node => node.Operation is ArgMaximum);
        Assert.Equal("DynamicFullyConnected", run.Network.Graph.Producer(compares.Input(0))!.Operation.Name);
        Assert.Equal(2, run.Network.Graph.Nodes.Count(node => node.Operation is Settle));
        Assert.Equal(DataType.Int32, best.Type);
    }

    [Fact]
    public void Wider_readers_take_results_without_a_step_between()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 32);
        Tensor first = network.Add(new FullyConnected(Activation.None), [1, 24], input, network.Random(0.2, 24, 32), network.Random(0.5, 24));
        Tensor second = network.Add(new Unary(UnaryFunction.Tanh), [1, 24], first);
        Recipe recipe = s_dynamic with { Rules = [new RecipeRule(new SchemeChange { ActivationType = ActivationType.Int16 }) { Kind = "Tanh" }] };

        QuantizedRun run = QuantizedRun.Of(network.Output(second), network.Samples(20), recipe);

        Assert.True(run.SignalToNoise > 36, $"{run.SignalToNoise} dB");
        Node settle = run.Network.Graph.Nodes.Single(node => node.Operation is Settle);
        Assert.Equal(DataType.Int16, settle.Output().Type);
    }

    [Fact]
    public void Matrix_products_of_computed_matrices_find_their_scale()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 6, 16);
        Tensor queries = network.Add(new FullyConnected(Activation.None), [1, 6, 8], input, network.Random(0.3, 8, 16), network.Random(0.5, 8));
        Tensor keys = network.Add(new FullyConnected(Activation.None), [1, 6, 8], input, network.Random(0.3, 8, 16), network.Random(0.5, 8));
        Tensor scores = network.Add(new BatchMatrixProduct(false, true), [1, 6, 6], queries, keys);
        NetworkGraph graph = network.Output(scores);
        SampleSet quiet = network.Samples(20);

        QuantizedRun run = QuantizedRun.Of(graph, quiet, network.Samples(20, Louder), s_dynamic);

        Assert.True(run.SignalToNoise > 30, $"{run.SignalToNoise} dB");
        Assert.DoesNotContain(run.Network.Graph.Nodes, node => node.Operation is Settle);
    }

    [Fact]
    public void A_network_without_fixed_scales_needs_no_samples()
    {
        FloatNetwork network = new();
        QuantizationResult result = QuantizationPipeline.Run(Convolutional(network), new QuantizationOptions { Recipe = s_dynamic });

        Assert.DoesNotContain(result.Network.Graph.Nodes, node => node.Operation is Settle or Quantize);
    }

    [Fact]
    public void A_network_with_fixed_scales_names_what_it_needs_samples_for()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 32);
        Tensor first = network.Add(new FullyConnected(Activation.None), [1, 24], input, network.Random(0.2, 24, 32), network.Random(0.5, 24));
        Tensor second = network.Add(new Unary(UnaryFunction.Elu), [1, 24], first);
        NetworkGraph graph = network.Output(second);

        SamplesNeededException exception = Assert.Throws<SamplesNeededException>(() => QuantizationPipeline.Run(graph, new QuantizationOptions { Recipe = s_dynamic }));

        Assert.Contains($": '{second.Name}', '{first.Name}'.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("input0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_weights_are_refused()
    {
        FloatNetwork network = new();
        NetworkGraph graph = Convolutional(network);
        SampledRanges ranges = SampledRanges.Of(graph, network.Samples(2));
        OperatorScheme scheme = new(new WeightScheme(WeightEncoding.Float), new ActivationScheme(ActivationType.Dynamic), new CalibrationScheme());

        Assert.Throws<UnsupportedNetworkException>(() => Quantizer.Run(graph, Of(scheme), ranges));
    }

    /// <summary>A convolution, a pool, a depthwise convolution, a fully connected operator.</summary>
    private static NetworkGraph Convolutional(FloatNetwork network)
    {
        Tensor input = network.Input(1, 8, 8, 3);
        Tensor convolved = network.Add(new Convolution2D(Window(1, 1), Activation.Relu), [1, 8, 8, 16], input, network.Random(0.3, 16, 3, 3, 3), network.Random(0.5, 16));
        Tensor pooled = network.Add(new Pool2D(PoolKind.Maximum, 2, 2, Window(2, 0), Activation.None), [1, 4, 4, 16], convolved);
        Tensor depthwise = network.Add(new DepthwiseConvolution2D(Window(1, 0), Activation.None), [1, 2, 2, 16], pooled, network.Random(0.3, 1, 3, 3, 16), network.Random(0.5, 16));
        Tensor flat = network.Add(new Reshape(), [1, 64], depthwise, FloatNetwork.Integers(1, 64));
        return network.Output(network.Add(new FullyConnected(Activation.None), [1, 10], flat, network.Random(0.1, 10, 64), null));
    }

    private static Recipe Of(OperatorScheme scheme)
    {
        return new Recipe { Operators = scheme };
    }

    private static WindowAttributes Window(int stride, int padding)
    {
        return new WindowAttributes(stride, stride, 1, 1, padding, padding, padding, padding);
    }
}
