using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>Which tensors share scale and zero point, and what range theirs covers.</summary>
public sealed class ParameterGroupTests
{
    private static readonly int[] s_shape = [1, 4, 4, 2];

    [Fact]
    public void Movements_keep_the_parameters()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor flat = network.Add(new Reshape(), [1, 32], input);

        QuantizedNetwork quantized = Run(network.Output(flat), (input, -1, 3), (flat, -1, 3));

        Assert.Equal(quantized.Tensors[input].Quantization, quantized.Tensors[flat].Quantization);
    }

    [Fact]
    public void What_a_maximum_leaves_out_needs_no_range()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor pooled = network.Add(new Pool2D(PoolKind.Maximum, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 2, 2, 2], input);

        QuantizedNetwork quantized = Run(network.Output(pooled), (input, -10, 3), (pooled, -1, 3));

        Assert.Equal(4f / 255, quantized.Tensors[input].Quantization!.Scale);
    }

    [Fact]
    public void An_average_needs_all_of_it()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor pooled = network.Add(new Pool2D(PoolKind.Average, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 2, 2, 2], input);

        QuantizedNetwork quantized = Run(network.Output(pooled), (input, -10, 3), (pooled, -1, 2));

        Assert.Equal(13f / 255, quantized.Tensors[pooled].Quantization!.Scale);
    }

    [Fact]
    public void A_concatenation_covers_all_inputs()
    {
        FloatNetwork network = new();
        Tensor a = network.Input(s_shape);
        Tensor b = network.Input(s_shape);
        Tensor joined = network.Add(new Concatenation(3), [1, 4, 4, 4], a, b);

        QuantizedNetwork quantized = Run(network.Output(joined), (a, -1, 1), (b, 0, 4), (joined, -1, 4));

        Assert.Equal(5f / 255, quantized.Tensors[a].Quantization!.Scale);
        Assert.Equal(quantized.Tensors[a].Quantization, quantized.Tensors[b].Quantization);
        Assert.DoesNotContain(quantized.Graph.Nodes, node => node.Operation is Quantize && node.Input(0).Type == DataType.Int8);
    }

    [Fact]
    public void An_input_that_others_read_keeps_its_much_finer_scale()
    {
        FloatNetwork network = new();
        Tensor a = network.Input(s_shape);
        Tensor b = network.Input(s_shape);
        Tensor joined = network.Add(new Concatenation(3), [1, 4, 4, 4], a, b);
        Tensor square = network.Add(new Unary(UnaryFunction.Square), s_shape, a);

        QuantizedNetwork quantized = Run(network.Output(joined, square), (a, -1, 1), (b, 0, 40), (joined, -1, 40), (square, 0, 1));

        Assert.Equal(2f / 255, quantized.Tensors[a].Quantization!.Scale);
        Assert.Equal(41f / 255, quantized.Tensors[joined].Quantization!.Scale);
        Assert.Single(quantized.Graph.Nodes, node => node.Operation is Quantize && node.Input(0).Type == DataType.Int8);
    }

    [Fact]
    public void Prescribed_parameters_are_requantized_for_others()
    {
        FloatNetwork network = new();
        Tensor a = network.Input(s_shape);
        Tensor probabilities = network.Add(new Unary(UnaryFunction.Logistic), s_shape, network.Input(s_shape));
        Tensor joined = network.Add(new Concatenation(3), [1, 4, 4, 4], a, probabilities);

        QuantizedRun run = QuantizedRun.Of(network.Output(joined), network.Samples(10));

        Assert.Equal(Quantization.PerTensor(1f / 256, -128), run.Network.Tensors[probabilities].Quantization);
        Assert.True(run.SignalToNoise > 30, $"{run.SignalToNoise}");
    }

    [Fact]
    public void Equal_prescribed_parameters_are_shared()
    {
        FloatNetwork network = new();
        Tensor a = network.Add(new Unary(UnaryFunction.Logistic), s_shape, network.Input(s_shape));
        Tensor b = network.Add(new Unary(UnaryFunction.Logistic), s_shape, network.Input(s_shape));
        Tensor joined = network.Add(new Concatenation(3), [1, 4, 4, 4], a, b);

        QuantizedNetwork quantized = QuantizedRun.Of(network.Output(joined), network.Samples(10)).Network;

        Assert.Equal(Quantization.PerTensor(1f / 256, -128), quantized.Tensors[joined].Quantization);
    }

    [Fact]
    public void A_constant_that_stands_for_infinity_widens_nothing()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(s_shape);
        Tensor output = network.Add(new Arithmetic(ArithmeticFunction.Maximum, Activation.None), s_shape, input, network.Constant([1], float.MinValue));

        QuantizedNetwork quantized = Run(network.Output(output), (input, -1, 1), (output, -1, 1));

        Assert.Equal(2f / 255, quantized.Tensors[input].Quantization!.Scale);
    }

    [Fact]
    public void A_state_shares_with_what_is_written_to_it()
    {
        FloatNetwork network = new();
        Tensor input = network.Input(1, 4);
        Tensor state = network.State(1, 4);
        Tensor sum = network.Add(new Arithmetic(ArithmeticFunction.Add, Activation.None), [1, 4], input, network.Add(new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [1, 4], state, network.Constant([1], 0.5f)));
        network.Graph.Nodes.Add(new Node(new Copy(), [sum], [state]));

        QuantizedRun run = QuantizedRun.Of(network.Output(sum), network.Samples(40) with { StateContinues = true });

        Assert.Equal(run.Network.Tensors[sum].Quantization, run.Network.Tensors[state].Quantization);
        Assert.Equal(run.Network.Tensors[state].Quantization!.ZeroPoint, (sbyte)run.Network.Tensors[state].InitialState![0]);
        Assert.True(run.SignalToNoise > 28, $"{run.SignalToNoise}");
    }

    private static QuantizedNetwork Run(NetworkGraph graph, params (Tensor Tensor, float Minimum, float Maximum)[] ranges)
    {
        Recipe recipe = new() { Tensors = [.. ranges.Select(range => new TensorRule(range.Tensor.Name) { Range = (range.Minimum, range.Maximum) })] };
        return Quantizer.Run(graph, recipe, new MissingRanges());
    }
}
