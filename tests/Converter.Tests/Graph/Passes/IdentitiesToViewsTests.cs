using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

/// <summary>Which element-wise nodes change nothing.</summary>
public sealed class IdentitiesToViewsTests
{
    private static readonly Quantization s_half = Quantization.PerTensor(0.5f, 3);
    private static readonly Quantization s_positive = Quantization.PerTensor(0.5f, -128);
    private static readonly Quantization s_symmetric = Quantization.PerTensor(0.5f, 0);

    [Fact]
    public void Nodes_that_give_every_element_back_become_views()
    {
        Assert.True(IsRemoved(new Cast(), DataType.Int16, null, DataType.Int16, null));
        Assert.True(IsRemoved(new Cast(), DataType.Int8, null, DataType.UInt8, null));
        Assert.True(IsRemoved(new Cast(), DataType.Bool, null, DataType.Int8, null));
        Assert.True(IsRemoved(new Quantize(), DataType.Int8, s_half, DataType.Int8, s_half));
        Assert.True(IsRemoved(new Quantize(), DataType.Int16, s_symmetric, DataType.Int16, s_symmetric));
        Assert.True(IsRemoved(new Unary(UnaryFunction.Relu), DataType.Int8, s_positive, DataType.Int8, s_positive));
        Assert.True(IsRemoved(new Unary(UnaryFunction.Relu6), DataType.Int8, Quantization.PerTensor(0.01f, -128), DataType.Int8, s_half));
        Assert.True(IsRemoved(new LeakyRelu(1), DataType.Int16, s_symmetric, DataType.Int16, s_symmetric));
    }

    [Fact]
    public void Nodes_that_change_an_element_stay()
    {
        Assert.False(IsRemoved(new Cast(), DataType.Int8, null, DataType.Bool, null));
        Assert.False(IsRemoved(new Cast(), DataType.Int8, null, DataType.Int16, null));
        Assert.False(IsRemoved(new Quantize(), DataType.Int8, s_half, DataType.Int8, s_positive));
        Assert.False(IsRemoved(new Quantize(), DataType.Int8, s_half, DataType.UInt8, s_half));
        Assert.False(IsRemoved(new Quantize(), DataType.UInt8, Quantization.PerTensor(0.5f, 128), DataType.Int8, Quantization.PerTensor(0.5f, 0)));
        Assert.False(IsRemoved(new Unary(UnaryFunction.Relu), DataType.Int8, s_half, DataType.Int8, s_half));
        Assert.False(IsRemoved(new Unary(UnaryFunction.Relu), DataType.Int16, s_symmetric, DataType.Int16, s_symmetric));
        Assert.False(IsRemoved(new Unary(UnaryFunction.Relu6), DataType.Int8, s_positive, DataType.Int8, s_positive));
        Assert.False(IsRemoved(new LeakyRelu(0.5f), DataType.Int8, s_half, DataType.Int8, s_half));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_state_is_viewed_unless_it_is_written_before_the_view_is_read(bool written)
    {
        Tensor state = Make("state");
        state.InitialState = new byte[4];
        Tensor view = Make("view");
        NetworkGraph graph = new("state");
        graph.Inputs.Add(Make("input"));
        graph.Outputs.Add(Make("output"));
        graph.Nodes.Add(new Node(new Quantize(), [state], [view]));
        graph.Nodes.Add(new Node(new Unary(UnaryFunction.Tanh), [graph.Inputs[0]], [written ? state : Make("other")]));
        graph.Nodes.Add(new Node(new Unary(UnaryFunction.Tanh), [view], [graph.Outputs[0]]));
        Assert.Equal(written ? 0 : 1, new IdentitiesToViews().Run(graph));
        Assert.Equal(written ? null : state, view.View?.Base);
    }

    [Fact]
    public void A_chain_of_identities_views_its_beginning()
    {
        Tensor[] tensors = [Make("first"), Make("second"), Make("third")];
        NetworkGraph graph = new("chain");
        graph.Inputs.Add(tensors[0]);
        graph.Outputs.Add(tensors[2]);
        graph.Nodes.Add(new Node(new Quantize(), [tensors[0]], [tensors[1]]));
        graph.Nodes.Add(new Node(new Cast(), [tensors[1]], [tensors[2]]));
        Assert.Equal(2, new IdentitiesToViews().Run(graph));
        Assert.Same(tensors[0], tensors[2].Root);
    }

    private static Tensor Make(string name)
    {
        return new Tensor(name, DataType.Int8, [4]) { Quantization = s_half };
    }

    private static bool IsRemoved(Operation operation, DataType from, Quantization? input, DataType to, Quantization? output)
    {
        Tensor source = new("input", from, [2, 3]) { Quantization = input };
        Tensor result = new("output", to, [2, 3]) { Quantization = output };
        int removed = Run(new Node(operation, [source], [result]));
        Assert.Equal(removed == 1 ? source : null, result.View?.Base);
        return removed == 1;
    }

    private static int Run(Node node)
    {
        NetworkGraph graph = new("identity");
        graph.Inputs.Add(node.Input(0));
        graph.Outputs.Add(node.Output());
        graph.Nodes.Add(node);
        int rewritten = new IdentitiesToViews().Run(graph);
        Assert.Equal(1 - rewritten, graph.Nodes.Count);
        return rewritten;
    }
}
