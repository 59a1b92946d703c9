using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Computations with shapes, as exporters write them, become constants.</summary>
public sealed class OnnxShapeTests
{
    [Fact]
    public void Flattening_by_the_batch_size_that_the_shape_says_is_one_reshape()
    {
        OnnxNetwork network = new();
        string x = network.Input("x", "N", 2, 3, 4);
        string batch = network.Node("Gather", [network.Node("Shape", [x]), network.Integers(0)], ("axis", 0));
        string shape = network.Node("Concat", [batch, network.Integers(-1)], ("axis", 0));
        network.Output(network.Node("Reshape", [x, shape]));

        NetworkGraph graph = network.Import();

        Assert.Equal([1, 24], graph.Outputs[0].Shape);
        Assert.IsType<Reshape>(Assert.Single(graph.Nodes).Operation);
    }

    [Fact]
    public void Expanding_by_a_shape_chosen_between_ones_and_sizes_is_one_broadcast()
    {
        // What PyTorch writes for expand(-1, 5, -1): sizes of -1 become 1.
        OnnxNetwork network = new();
        string x = network.Input("x", 1, 1, 3);
        string asked = network.Integers(-1, 5, -1);
        string ones = network.Node("ConstantOfShape", [network.Integers(3)], ("value", Int64(1)));
        string minus = network.Node("Mul", [ones, network.Integers(-1, -1, -1)]);
        string open = network.Node("Equal", [asked, minus]);
        network.Output(network.Node("Expand", [x, network.Node("Where", [open, ones, asked])]));

        NetworkGraph graph = network.Import();

        Assert.Equal([1, 5, 3], graph.Outputs[0].Shape);
        Assert.IsType<BroadcastTo>(Assert.Single(graph.Nodes).Operation);
    }

    [Fact]
    public void Sizes_computed_with_real_numbers_are_constants()
    {
        // What PyTorch writes for an upsampling by a factor: floor(float(height) * 2).
        OnnxNetwork network = new();
        string x = network.Input("x", 1, 2, 3, 4);
        string shape = network.Node("Shape", [x]);
        string spatial = network.Node("Slice", [shape, network.Integers(2), network.Integers(4), network.Integers(0)]);
        string scaled = network.Node("Floor", [network.Node("Mul", [network.Node("Cast", [spatial], ("to", (int)ElementType.Float)), network.Constant([2, 2], 2)])]);
        string channels = network.Node("Slice", [shape, network.Integers(0), network.Integers(2), network.Integers(0)]);
        string sizes = network.Node("Concat", [channels, network.Node("Cast", [scaled], ("to", (int)ElementType.Int64))], ("axis", 0));
        network.Output(network.Node("Resize", [x, "", "", sizes], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")));

        NetworkGraph graph = network.Import();

        Assert.Equal([1, 2, 6, 8], graph.Outputs[0].Shape);
        Assert.Equal(["Transpose", "ResizeNearestNeighbor", "Transpose"], graph.Nodes.Select(node => node.Operation.Name));
    }

    private static EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto Int64(long value)
    {
        EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto tensor = new() { DataType = (int)ElementType.Int64 };
        tensor.Dims.Add(1);
        tensor.Int64Data.Add(value);
        return tensor;
    }
}
