using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>A graph as text.</summary>
public sealed class GraphTextTests
{
    [Fact]
    public void Nodes_have_attributes_and_tensors_are_described_once()
    {
        NetworkGraph graph = new("small");
        Tensor data = new("data", DataType.Int8, [1, 2]) { SourceIndex = 7, Quantization = Quantization.PerTensor(0.5f, -3) };
        Tensor weights = new("weights", DataType.Int8, [3, 2]) { SourceIndex = 8, Data = new byte[] { 1, 2, 255, 4, 5, 6 }, Quantization = new Quantization([0.1f, 0.2f, 0.3f], [0, 0, 0], 0) };
        Tensor product = new("product", DataType.Int8, [1, 3]) { Quantization = Quantization.PerTensor(0.25f, 0) };
        Tensor view = new("view", DataType.Int8, [3]) { View = new TensorView(product, 0) };
        Tensor state = new("state", DataType.Int8, [2]) { InitialState = [9, 9] };
        graph.Inputs.Add(data);
        graph.Outputs.Add(view);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.Relu6), [data, weights, null], [product]) { Source = new NodeSource(4, "FULLY_CONNECTED", 9) });
        graph.Nodes.Add(new Node(new Reshape(), [state], [view]));
        Assert.Equal(
            """
            graph 'small': 2 nodes, 0 on the host before, 0 on the host after

            inputs:
              %7 'data' int8[1,2], scale 0.5, zero point -3

            outputs:
              %new-0 'view' int8[3], from byte 0 of (%new-1 'product' int8[1,3], scale 0.25, zero point 0)

            nodes:
                0  FullyConnected { Activation = Relu6 }  <- node 4, FULLY_CONNECTED version 9
                     in   %7 'data' int8[1,2]
                     in   %8 'weights' int8[3,2], scales 0.1 to 0.3 along axis 0, constant 1 2 -1 4 5 6
                     in   absent
                     out  %new-1 'product' int8[1,3]
                1  Reshape  <- made by EdgeQuant
                     in   %new-2 'state' int8[2], state that starts as bytes 0909
                     out  %new-0 'view' int8[3]

            """,
            GraphText.Of(graph));
    }
}
