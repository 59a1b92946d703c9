using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class FoldConstantsTests
{
    [Theory]
    [InlineData("Int32")]
    [InlineData("Int64")]
    public void A_shape_that_is_computed_is_a_constant(string typeName)
    {
        DataType type = Enum.Parse<DataType>(typeName);
        GraphBuilder built = new();
        Tensor input = built.Input(2, 3, 4);
        Tensor shape = Make(built, new ShapeOf(), type, [3], input);
        Tensor batch = Make(built, new StridedSlice(0, 0, 0, 0, 1, EndIsOffset: false), type, [], shape, MovementCases.Ints(0), MovementCases.Ints(1), MovementCases.Ints(1));
        Tensor rest = Make(built, new Slice(), type, [2], shape, MovementCases.Ints(1), MovementCases.Ints(2));
        Tensor flat = Make(built, new ReduceProduct(), type, [], rest, MovementCases.Ints(0));
        Tensor target = Make(built, new Stack(0), type, [2], batch, flat);
        built.Output(built.Add(new Reshape(), [2, 12], input, target));

        Assert.Equal(5, new FoldConstants().Run(built.Graph));
        Assert.Equal([2, 12], ConstantReader.ConstantInts(target)!);
        Assert.Single(built.Graph.Nodes);
    }

    [Theory]
    [InlineData("Add", int.MaxValue, 1, int.MinValue)]
    [InlineData("Subtract", 3, 5, -2)]
    [InlineData("Multiply", -3, 5, -15)]
    [InlineData("Divide", -7, 2, -3)]
    [InlineData("Divide", int.MinValue, -1, int.MinValue)]
    [InlineData("Maximum", -7, 2, 2)]
    [InlineData("Minimum", -7, 2, -7)]
    public void Arithmetic_on_constants_is_done_at_once(string functionName, int left, int right, int expected)
    {
        GraphBuilder built = new();
        ArithmeticFunction function = Enum.Parse<ArithmeticFunction>(functionName);
        Tensor result = built.Add(new Arithmetic(function, Activation.None), [3], MovementCases.Ints(left, left, left), Elements.Constant(DataType.Int32, [], right));

        Assert.Equal(1, new FoldConstants().Run(built.Graph));
        Assert.Equal([expected, expected, expected], ConstantReader.ConstantInts(result)!);
    }

    [Fact]
    public void A_division_by_0_stays()
    {
        GraphBuilder built = new();
        built.Add(new Arithmetic(ArithmeticFunction.Divide, Activation.None), [1], MovementCases.Ints(1), MovementCases.Ints(0));

        Assert.Equal(0, new FoldConstants().Run(built.Graph));
    }

    [Theory]
    [InlineData(1, 10, 3, new[] { 1, 4, 7 })]
    [InlineData(5, 0, -2, new[] { 5, 3, 1 })]
    public void Ranges_are_constants(int start, int limit, int step, int[] expected)
    {
        GraphBuilder built = new();
        Tensor range = built.Add(new NumberRange(), [expected.Length], Scalar(start), Scalar(limit), Scalar(step));

        Assert.Equal(1, new FoldConstants().Run(built.Graph));
        Assert.Equal(expected, ConstantReader.ConstantInts(range)!);
    }

    [Fact]
    public void Shapes_broadcast()
    {
        GraphBuilder built = new();
        Tensor shape = built.Add(new BroadcastShapes(), [3], MovementCases.Ints(4, 1, 5), MovementCases.Ints(3, 1));

        Assert.Equal(1, new FoldConstants().Run(built.Graph));
        Assert.Equal([4, 3, 5], ConstantReader.ConstantInts(shape)!);
    }

    [Fact]
    public void Reductions_multiply_along_their_axes()
    {
        GraphBuilder built = new();
        Tensor data = Elements.Constant(DataType.Int32, [2, 3], 1, 2, 3, 4, 5, 6);
        Tensor rows = built.Add(new ReduceProduct(), [2, 1], data, MovementCases.Ints(-1));
        Tensor columns = built.Add(new ReduceProduct(), [3], data, MovementCases.Ints(0));

        Assert.Equal(2, new FoldConstants().Run(built.Graph));
        Assert.Equal([6, 120], ConstantReader.ConstantInts(rows)!);
        Assert.Equal([4, 10, 18], ConstantReader.ConstantInts(columns)!);
    }

    [Fact]
    public void A_constant_that_would_grow_much_stays_a_node()
    {
        GraphBuilder built = new();
        Tensor value = Elements.Constant(DataType.Int8, [], 7);
        Tensor filled = built.Add(new BroadcastTo(), [100, 100], value, MovementCases.Ints(100, 100));
        built.Output(filled);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.True(run.File.Length < 1000, $"{run.File.Length} bytes");
        Assert.All(run.Outputs(_ => [])[0], element => Assert.Equal(7, element));
    }

    [Fact]
    public void What_only_computes_a_known_shape_is_not_executed()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(2, 3);
        Tensor dynamic = Make(built, new Cast(), DataType.Int32, [2], built.Input(2));
        built.Output(built.Add(new Reshape(), [6], input, dynamic));

        Assert.Empty(NetworkRun.AfterPasses(built.Graph).Operators);
        Assert.Empty(built.Graph.Nodes);
    }

    private static Tensor Scalar(int value)
    {
        return Elements.Constant(DataType.Int32, [], value);
    }

    private static Tensor Make(GraphBuilder built, Operation operation, DataType type, int[] shape, params Tensor[] inputs)
    {
        Tensor output = new(operation.Name, type, shape);
        built.AddTo(output, operation, inputs);
        return output;
    }
}
