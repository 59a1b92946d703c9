using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class UnsignedToSignedTests
{
    private static readonly Quantization s_data = Quantization.PerTensor(0.05f, 117);
    private static readonly Quantization s_weights = Quantization.PerTensor(0.02f, 131);
    private static readonly Quantization s_output = Quantization.PerTensor(0.11f, 93);
    private static readonly WindowAttributes s_window = new(1, 1, 1, 1, 1, 1, 1, 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_convolution_of_unsigned_elements_gives_what_its_definition_says(bool depthwise)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * 2).Select(i => unchecked((byte)((i * 73) + 11)))];
        byte[] weights = [.. Enumerable.Range(0, 4 * 3 * 3 * 2).Select(i => unchecked((byte)((i * 101) + 7)))];
        NetworkGraph graph = Convolution(weights, depthwise);

        byte[] found = NetworkRun.AfterPasses(graph).Outputs(_ => pixels)[0];

        Assert.All(Expected(pixels, weights, depthwise).Zip(found), pair => Assert.InRange(pair.First - pair.Second, -0.5 - 1e-4, 0.5 + 1e-4));
        Assert.Equal([DataType.UInt8, DataType.UInt8], [graph.Inputs[0].Type, graph.Outputs[0].Type]);
    }

    [Fact]
    public void A_network_that_only_converts_and_moves_is_left_alone()
    {
        NetworkGraph graph = new("moves");
        Tensor input = new("input", DataType.UInt8, [2, 3]) { Quantization = s_data };
        Tensor moved = new("moved", DataType.UInt8, [3, 2]) { Quantization = s_data };
        Tensor signed = new("signed", DataType.Int8, [3, 2]) { Quantization = Quantization.PerTensor(0.05f, -11) };
        graph.Inputs.Add(input);
        graph.Nodes.Add(new Node(new Transpose(), [input, Elements.Constant(DataType.Int32, [2], 1, 0)], [moved]));
        graph.Nodes.Add(new Node(new Quantize(), [moved], [signed]));
        graph.Outputs.Add(signed);

        Assert.Equal(0, new UnsignedToSigned().Run(graph));
        Assert.Equal(DataType.UInt8, moved.Type);
    }

    [Fact]
    public void What_looks_at_elements_still_sees_unsigned_ones()
    {
        NetworkGraph graph = new("cast");
        Tensor left = new("left", DataType.UInt8, [4]) { Quantization = s_data };
        Tensor sum = new("sum", DataType.UInt8, [4]) { Quantization = s_data };
        Tensor cast = new("cast", DataType.Int32, [4]);
        graph.Inputs.Add(left);
        graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Maximum, Activation.None), [left, left], [sum]));
        graph.Nodes.Add(new Node(new Cast(), [sum], [cast]));
        graph.Outputs.Add(cast);

        byte[] found = NetworkRun.AfterPasses(graph).Outputs(_ => [0, 127, 128, 255])[0];

        Assert.Equal([0, 127, 128, 255], Enumerable.Range(0, 4).Select(i => BitConverter.ToInt32(found, i * 4)));
    }

    [Fact]
    public void An_input_that_is_an_output_too_comes_back_as_it_was()
    {
        NetworkGraph graph = new("through");
        Tensor input = new("input", DataType.UInt8, [4]) { Quantization = s_data };
        Tensor sum = new("sum", DataType.UInt8, [4]) { Quantization = s_output };
        graph.Inputs.Add(input);
        graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Add, Activation.None), [input, input], [sum]));
        graph.Outputs.AddRange([input, sum]);

        byte[][] found = NetworkRun.AfterPasses(graph).Outputs(_ => [0, 127, 128, 255]);

        Assert.Equal([0, 127, 128, 255], found[0]);
    }

    private static NetworkGraph Convolution(byte[] weights, bool depthwise)
    {
        NetworkGraph graph = new("convolution");
        Tensor input = new("input", DataType.UInt8, [1, 5, 4, 2]) { Quantization = s_data };
        Tensor filter = new("filter", DataType.UInt8, depthwise ? [1, 3, 3, 4] : [4, 3, 3, 2]) { Quantization = s_weights, Data = depthwise ? weights[..36] : weights };
        Tensor output = new("output", DataType.UInt8, [1, 5, 4, 4]) { Quantization = s_output };
        graph.Inputs.Add(input);
        graph.Nodes.Add(new Node(depthwise ? new DepthwiseConvolution2D(s_window, Activation.None) : new Convolution2D(s_window, Activation.None), [input, filter], [output]));
        graph.Outputs.Add(output);
        return graph;
    }

    /// <summary>The outputs before they are rounded.</summary>
    private static IEnumerable<double> Expected(byte[] pixels, byte[] weights, bool depthwise)
    {
        for (int i = 0; i < 5 * 4 * 4; i++)
        {
            (int y, int x, int channel) = (i / 16, i / 4 % 4, i % 4);
            double sum = 0;
            for (int tap = 0; tap < 9; tap++)
            {
                (int fromY, int fromX) = (y + (tap / 3) - 1, x + (tap % 3) - 1);
                if (fromY is < 0 or >= 5 || fromX is < 0 or >= 4)
                {
                    continue;
                }

                for (int from = depthwise ? channel / 2 : 0; from < (depthwise ? (channel / 2) + 1 : 2); from++)
                {
                    int weight = depthwise ? weights[(tap * 4) + channel] : weights[(channel * 18) + (tap * 2) + from];
                    sum += (pixels[(((fromY * 4) + fromX) * 2) + from] - s_data.ZeroPoint) * (weight - s_weights.ZeroPoint);
                }
            }

            yield return Math.Clamp((sum * s_data.Scale * s_weights.Scale / s_output.Scale) + s_output.ZeroPoint, 0, 255);
        }
    }
}
