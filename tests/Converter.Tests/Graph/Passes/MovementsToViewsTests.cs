using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class MovementsToViewsTests
{
    [Fact]
    public void Pieces_along_the_outermost_axis_are_views()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(4, 3);
        Tensor rows = built.Add(new Slice(), [2, 3], input, MovementCases.Ints(1, 0), MovementCases.Ints(2, 3));
        Tensor flat = built.Add(new Reshape(), [6], rows);
        Tensor column = built.Add(new Transpose(), [6, 1], built.Add(new Reshape(), [1, 6], flat), MovementCases.Ints(1, 0));
        built.Output(column);

        Assert.Equal(4, new MovementsToViews().Run(built.Graph));
        Assert.Empty(built.Graph.Nodes);
        Assert.Equal((input, 3), (TensorPlace.Of(column).Root, TensorPlace.Of(column).Offset));
    }

    [Fact]
    public void Pieces_along_an_inner_axis_are_copied()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(4, 3);
        built.Output(built.Add(new Slice(), [4, 2], input, MovementCases.Ints(0, 1), MovementCases.Ints(4, 2)));

        Assert.Equal(0, new MovementsToViews().Run(built.Graph));
    }

    [Fact]
    public void A_small_piece_that_outlives_the_whole_is_copied()
    {
        GraphBuilder built = new();
        Tensor large = built.Add(new Unary(UnaryFunction.Relu), [100, 3], built.Input(100, 3));
        Tensor piece = built.Add(new Slice(), [1, 3], large, MovementCases.Ints(0, 0), MovementCases.Ints(1, 3));
        Tensor shrunk = built.Add(new Slice(), [100, 1], large, MovementCases.Ints(0, 1), MovementCases.Ints(100, 1));
        Tensor grown = built.Add(new Tile(), [100, 4], shrunk, MovementCases.Ints(1, 4));
        built.Output(grown, piece);

        Assert.Equal(0, new MovementsToViews().Run(built.Graph));
        Assert.Null(piece.View);
    }

    [Fact]
    public void Constants_have_no_views()
    {
        GraphBuilder built = new();
        Tensor constant = Elements.Constant(DataType.Int8, [2, 2], 1, 2, 3, 4);
        built.Output(built.Add(new Reshape(), [4], constant));

        Assert.Equal(0, new MovementsToViews().Run(built.Graph));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void A_state_is_read_in_place_only_before_it_is_written(bool partly, bool writtenFirst, bool isView)
    {
        GraphBuilder built = new();
        Tensor input = built.Input(4);
        Tensor state = built.State(7, 2, 4);
        Tensor read = partly
            ? built.Add(new Reshape(), [4], built.Add(new Slice(), [1, 4], state, MovementCases.Ints(1, 0), MovementCases.Ints(1, 4)))
            : built.Add(new Slice(), [1, 4], state, MovementCases.Ints(0, 0), MovementCases.Ints(1, 4));
        Tensor? result = writtenFirst ? null : built.Add(new Arithmetic(ArithmeticFunction.Maximum, Activation.None), [4], input, read);
        built.AddTo(state, new BroadcastTo(), input, MovementCases.Ints(2, 4));
        result ??= built.Add(new Arithmetic(ArithmeticFunction.Maximum, Activation.None), [4], input, read);
        built.Output(result);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.Equal(isView, read.Root == state);
        Assert.Equal([7, 7, 9, 7], run.Outputs(_ => [1, 2, 9, 4])[0]);
        Assert.Equal([1, 2, 9, 4], run.Outputs(_ => [1, 2, 9, 4], inferences: 2)[0]);
    }

    [Fact]
    public void A_state_that_is_an_output_is_copied_before_it_is_written()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(1, 4);
        Tensor state = built.State(5, 1, 4);
        Tensor before = built.Add(new Reshape(), [4], state);
        built.AddTo(state, new Copy(), input);
        built.Output(before);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.Equal([OperatorKind.StridedCopy, OperatorKind.StridedCopy], run.Operators);
        Assert.Equal([5, 5, 5, 5], run.Outputs(_ => [1, 2, 3, 4])[0]);
    }
}
