using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Fusion;

public sealed class DivisionsToProductsTests
{
    private readonly FloatGraph _graph = new();

    [Fact]
    public void Division_by_a_constant_is_a_multiplication()
    {
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Divide, _graph.Input(2, 3), FloatGraph.Constant([3], 3, -7, 0.1f)));

        Assert.Equal(["Multiply"], _graph.After(new DivisionsToProducts()));
    }

    [Fact]
    public void Division_by_zero_and_of_a_constant_stays()
    {
        Tensor x = _graph.Input(2, 3);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Divide, FloatGraph.Constant([1], 2), _graph.Arithmetic(ArithmeticFunction.Divide, x, FloatGraph.Constant([1], 0))));

        new DivisionsToProducts().Run(_graph.Graph);

        Assert.All(_graph.Graph.Nodes, node => Assert.Equal("Divide", node.Operation.Name));
    }
}
