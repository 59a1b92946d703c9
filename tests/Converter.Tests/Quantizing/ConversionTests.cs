using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Networks of which parts have 16 bits, 4-bit weights or stay as they are: where conversions stand, and how few they are.</summary>
public sealed class ConversionTests
{
    private static readonly int[] s_shape = [1, 4, 4, 8];

    [Fact]
    public void Two_readers_share_one_conversion()
    {
        FloatNetwork network = new();
        Tensor first = Convolution(network, network.Input(s_shape));
        Tensor second = Convolution(network, first);
        Tensor third = Convolution(network, first);
        Tensor fourth = Convolution(network, first);

        QuantizedRun run = Run(network, [second, third, fourth], Wide(second, third));

        Assert.Equal("Quantize Convolution2D Quantize Convolution2D Convolution2D Convolution2D Dequantize Dequantize Dequantize", Kinds(run.Network));
        Tensor wide = run.Network.Nodes[Producer(network, second)].Input(0);
        Assert.Same(wide, run.Network.Nodes[Producer(network, third)].Input(0));
        Assert.Equal(DataType.Int16, wide.Type);
        Assert.Equal(DataType.Int8, run.Network.Nodes[Producer(network, fourth)].Input(0).Type);
        Assert.True(run.SignalToNoise > 25, $"{run.SignalToNoise}");
    }

    [Fact]
    public void A_conversion_from_8_to_16_bits_loses_nothing()
    {
        FloatNetwork network = new();
        Tensor first = Convolution(network, network.Input(s_shape));
        Tensor second = Convolution(network, first);

        QuantizedNetwork quantized = Run(network, [first, second], Wide(second)).Network;

        Quantization narrow = quantized.Tensors[first].Quantization!;
        Assert.Equal(narrow.Scale / 128, quantized.Nodes[Producer(network, second)].Input(0).Quantization!.Scale);
    }

    [Fact]
    public void The_networks_input_has_the_type_of_its_first_reader()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor output = Convolution(network, network.Add(new Reshape(), s_shape, network.Add(new Reshape(), [1, 128], input)));

        QuantizedNetwork quantized = Run(network, [output], Wide(output)).Network;

        Assert.Equal("Quantize Reshape Reshape Convolution2D Dequantize", Kinds(quantized));
        Assert.Equal(DataType.Int16, quantized.Tensors[input].Type);
    }

    [Fact]
    public void What_moves_elements_keeps_their_type()
    {
        FloatNetwork network = new();
        Tensor first = Convolution(network, network.Input(s_shape));
        Tensor pooled = network.Add(new Pool2D(PoolKind.Maximum, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 2, 2, 8], first);
        Tensor flat = network.Add(new Reshape(), [1, 32], pooled);
        Tensor second = network.Add(new FullyConnected(Activation.None), [1, 5], flat, network.Random(0.3, 5, 32), null);

        QuantizedRun run = Run(network, [second], Wide(first));

        Assert.Equal("Quantize Convolution2D Pool2D Reshape Quantize FullyConnected Dequantize", Kinds(run.Network));
        Assert.Equal(DataType.Int16, run.Network.Tensors[flat].Type);
        Assert.True(run.SignalToNoise > 30, $"{run.SignalToNoise}");
    }

    [Fact]
    public void A_network_input_that_is_read_in_both_types_is_converted_on_the_device()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor first = Convolution(network, input);
        Tensor second = Convolution(network, input);

        QuantizedRun run = Run(network, [first, second], Wide(second));

        Assert.Equal("Quantize Quantize Convolution2D Convolution2D Dequantize Dequantize", Kinds(run.Network));
        Assert.Equal(DataType.Int16, run.Network.Tensors[input].Type);
        Assert.Single(run.Runner.Card!.DeviceInputs);
        Assert.True(run.SignalToNoise > 30, $"{run.SignalToNoise}");
    }

    [Fact]
    public void A_concatenation_of_both_types_has_16_bits()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor first = Convolution(network, input);
        Tensor second = Convolution(network, input);
        Tensor joined = network.Add(new Concatenation(3), [1, 4, 4, 16], first, second);

        QuantizedRun run = Run(network, [joined], Wide(second));

        Assert.Equal(DataType.Int16, run.Network.Tensors[joined].Type);
        Assert.True(run.SignalToNoise > 30, $"{run.SignalToNoise}");
    }

    [Fact]
    public void An_operator_that_stays_as_it_is_stands_between_conversions()
    {
        FloatNetwork network = new();
        Tensor first = Convolution(network, network.Input(s_shape));
        Tensor second = Convolution(network, first);
        Tensor third = Convolution(network, second);
        Recipe recipe = new() { Rules = [new RecipeRule(new SchemeChange { ActivationType = ActivationType.Float }) { Name = second.Name }] };
        network.Output(third);

        QuantizedNetwork quantized = Quantizer.Run(network.Graph, recipe, SampledRanges.Of(network.Graph, network.Samples(5)));

        Assert.Equal("Quantize Convolution2D Dequantize Convolution2D Quantize Convolution2D Dequantize", Kinds(quantized));
        Assert.Equal(DataType.Float32, quantized.Nodes[Producer(network, second)].Input(1).Type);
        Assert.Throws<UnsupportedNetworkException>(() => GraphConverter.Convert(quantized.Graph, [], "test", new ConversionOptions()));
    }

    [Fact]
    public void Weights_have_the_encoding_of_their_operator()
    {
        FloatNetwork network = new();
        Tensor first = Convolution(network, network.Input(s_shape));
        Tensor second = Convolution(network, first);
        Recipe recipe = new() { Rules = [new RecipeRule(new SchemeChange { WeightEncoding = WeightEncoding.Int4 }) { From = -1 }] };

        QuantizedNetwork quantized = Run(network, [second], recipe).Network;

        Assert.Equal(DataType.Int8, quantized.Nodes[Producer(network, first)].Input(1).Type);
        Assert.Equal(DataType.Int4, quantized.Nodes[Producer(network, second)].Input(1).Type);
    }

    private static Tensor Convolution(FloatNetwork network, Tensor input)
    {
        return network.Add(new Convolution2D(new WindowAttributes(1, 1, 1, 1, 1, 1, 1, 1), Activation.Relu), s_shape, input, network.Random(0.2, 8, 3, 3, 8), network.Random(0.2, 8));
    }

    private static Recipe Wide(params Tensor[] outputs)
    {
        return new Recipe { Rules = [.. outputs.Select(output => new RecipeRule(new SchemeChange { ActivationType = ActivationType.Int16 }) { Name = output.Name })] };
    }

    private static QuantizedRun Run(FloatNetwork network, Tensor[] outputs, Recipe recipe)
    {
        return QuantizedRun.Of(network.Output(outputs), network.Samples(10), recipe);
    }

    private static Node Producer(FloatNetwork network, Tensor tensor)
    {
        return network.Graph.Producer(tensor)!;
    }

    private static string Kinds(QuantizedNetwork network)
    {
        return string.Join(' ', network.Graph.Nodes.Select(node => node.Operation.Name));
    }
}
