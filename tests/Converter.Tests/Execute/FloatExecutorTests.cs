using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

public sealed class FloatExecutorTests
{
    [Fact]
    public void All_reasons_against_a_network_come_at_once()
    {
        NetworkGraph graph = new("refused");
        Tensor data = FloatNode.Input(2, 3);
        Tensor axes = new("axes", DataType.Int32, [1]);
        graph.Inputs.AddRange([data, axes]);
        graph.Nodes.Add(new Node(new Reduce(ReduceFunction.Sum, KeepDimensions: true), [data, axes], [FloatNode.Input(1, 3)]));
        graph.Nodes.Add(new Node(new Unsupported(), [data], [FloatNode.Input(2, 3)]));

        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => FloatExecutor.Of(graph));

        Assert.Equal(2, exception.Refusals.Count);
        Assert.Contains("axes must be constant", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_record_is_visited_once_with_its_own_values()
    {
        (NetworkGraph graph, Tensor output) = Doubling();
        SampleSet samples = new([.. Enumerable.Range(0, 100).Select(i => new[] { new float[] { i } })], "made");
        float[] found = new float[100];

        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => found[record] += workspace[output][0], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => 2f * i), found);
    }

    [Fact]
    public void A_run_ends_when_it_is_told_to()
    {
        (NetworkGraph graph, _) = Doubling();
        SampleSet samples = new([.. Enumerable.Range(0, 1000).Select(i => new[] { new float[] { i } })], "made");
        using CancellationTokenSource source = new();

        Assert.ThrowsAny<OperationCanceledException>(() => FloatExecutor.Of(graph).RunAll(samples, (_, _) => source.Cancel(), cancellation: source.Token));
    }

    [Fact]
    public void What_a_visitor_throws_comes_out_as_it_is()
    {
        (NetworkGraph graph, _) = Doubling();
        SampleSet samples = new([.. Enumerable.Range(0, 10).Select(i => new[] { new float[] { i } })], "made");

        Assert.Throws<InvalidDataException>(() => FloatExecutor.Of(graph).RunAll(samples, (_, _) => throw new InvalidDataException(), cancellation: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_start_anew_unless_they_continue(bool continues)
    {
        Tensor data = FloatNode.Input(1);
        Tensor state = new("state", DataType.Float32, [1]) { InitialState = new byte[4] };
        Tensor before = FloatNode.Input(1);
        Tensor sum = FloatNode.Input(1);
        NetworkGraph graph = new("sum");
        graph.Inputs.Add(data);
        graph.Outputs.Add(sum);
        graph.Nodes.Add(new Node(new Copy(), [state], [before]));
        graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Add, Activation.None), [data, before], [sum]));
        graph.Nodes.Add(new Node(new Copy(), [sum], [state]));
        SampleSet samples = new([.. Enumerable.Range(1, 4).Select(i => new[] { new float[] { i } })], "made") { StateContinues = continues };
        float[] found = new float[4];

        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) => found[record] = workspace[sum][0], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(continues ? [1, 3, 6, 10] : [1, 2, 3, 4], found);
    }

    [Fact]
    public void What_a_node_writes_lies_on_its_grid()
    {
        Tensor data = FloatNode.Input(11);
        Tensor output = new("output", DataType.Int8, [11]) { Quantization = Quantization.PerTensor(0.5f, -3) };
        NetworkGraph graph = new("grid");
        graph.Inputs.Add(data);
        graph.Nodes.Add(new Node(new Quantize(), [data], [output]));
        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        new float[] { 0, 0.24f, 0.25f, -0.25f, 0.74f, 0.75f, 100, -100, 0.2499999f, -0.75f, 65 }.CopyTo(workspace[data]);

        executor.Run(workspace);

        Assert.Equal([0, 0, 0.5f, -0.5f, 0.5f, 1, 65, -62.5f, 0, -1, 65], workspace[output].ToArray());
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.7f)]
    [InlineData(1f)]
    public void Ties_move_away_from_zero_and_nothing_else_does(float scale)
    {
        Tensor tensor = new("wide", DataType.Int16, [1]) { Quantization = Quantization.PerTensor(scale, 0) };
        float[] values = [.. Enumerable.Range(-2000, 4001).SelectMany(i => new[] { MathF.BitDecrement((i + 0.5f) * scale), (i + 0.5f) * scale, MathF.BitIncrement((i + 0.5f) * scale) })];
        float[] found = [.. values];

        Grid.Of(tensor)!.Round(found);

        Assert.Equal(values.Select(value => MathF.Round(value / scale, MidpointRounding.AwayFromZero) * scale), found);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_found_with_their_place()
    {
        Tensor weights = FloatNode.Constant([2, 3], [1, 2, 3, 4, float.NaN, float.PositiveInfinity]);
        Tensor data = FloatNode.Input(1, 3);
        NetworkGraph graph = new("broken");
        graph.Inputs.Add(data);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [data, weights], [FloatNode.Input(1, 2)]));

        Refusal refusal = Assert.Single(NonFiniteCheck.Run(graph));

        Assert.Contains("NaN at [1,1], one of 2", refusal.Reason, StringComparison.Ordinal);
    }

    private static (NetworkGraph Graph, Tensor Output) Doubling()
    {
        Tensor data = FloatNode.Input(1);
        Tensor output = FloatNode.Input(1);
        NetworkGraph graph = new("doubling");
        graph.Inputs.Add(data);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Add, Activation.None), [data, data], [output]));
        return (graph, output);
    }
}
