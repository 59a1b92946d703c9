using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class JoinsToViewsTests
{
    [Fact]
    public void What_is_joined_along_the_outermost_axis_is_made_in_place()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(1, 2);
        Tensor first = Clamp(built, input);
        Tensor second = built.Add(new Reshape(), [1, 2], Clamp(built, built.Add(new Reshape(), [2], Clamp(built, first))));
        Tensor joined = built.Add(new Concatenation(1), [1, 4], first, second);
        built.Output(joined);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.DoesNotContain(OperatorKind.StridedCopy, run.Operators);
        Assert.Equal([5, 253, 5, 253], run.Outputs(_ => [5, 128])[0]);
    }

    [Fact]
    public void Joins_of_joins_are_made_in_place()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(1, 2);
        Tensor inner = built.Add(new Stack(0), [2, 1, 2], Clamp(built, input), Clamp(built, input));
        Tensor outer = built.Add(new Concatenation(0), [3, 1, 2], inner, built.Add(new Reshape(), [1, 1, 2], Clamp(built, input)));
        built.Output(outer);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.DoesNotContain(OperatorKind.StridedCopy, run.Operators);
        Assert.Equal([5, 253, 5, 253, 5, 253], run.Outputs(_ => [5, 128])[0]);
    }

    [Fact]
    public void Inputs_constants_states_and_what_stands_there_twice_are_copied()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(2);
        Tensor state = built.State(3, 2);
        Tensor constant = Elements.Constant(DataType.Int8, [2], 8, 9);
        Tensor twice = Clamp(built, input);
        built.Output(built.Add(new Concatenation(0), [10], twice, input, constant, state, twice));
        built.AddTo(state, new Copy(), twice);

        Assert.Equal(0, new JoinsToViews().Run(built.Graph));
        byte[] expected = [5, 253, 5, 128, 8, 9, 3, 3, 5, 253];
        Assert.Equal(expected, NetworkRun.AsItStands(built.Graph).Outputs(_ => [5, 128])[0]);
    }

    [Fact]
    public void An_early_part_of_a_large_join_is_copied_where_that_saves_memory()
    {
        GraphBuilder built = new();
        Tensor early = Clamp(built, built.Input(1, 2));
        Tensor wide = built.Add(new Tile(), [1, 400], early, MovementCases.Ints(1, 200));
        Tensor narrow = built.Add(new Slice(), [1, 1], wide, MovementCases.Ints(0, 7), MovementCases.Ints(1, 1));
        Tensor late = built.Add(new Tile(), [1, 300], narrow, MovementCases.Ints(1, 300));
        built.Output(built.Add(new Concatenation(1), [1, 302], early, late));

        new JoinsToViews().Run(built.Graph);
        Assert.Null(early.View);
        Assert.NotNull(late.View);
    }

    private static Tensor Clamp(GraphBuilder built, Tensor tensor)
    {
        return built.Add(new Unary(UnaryFunction.Relu), tensor.Shape, tensor);
    }
}
