using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class OutputsInArenaTests
{
    [Fact]
    public void Constants_and_states_are_copied()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(2);
        Tensor state = built.State(6, 2);
        Tensor constant = Elements.Constant(DataType.Int8, [3], 1, 2, 3);
        built.AddTo(state, new Copy(), input);
        built.Output(constant, state, constant, input);

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.Equal(3, run.Operators.Length);
        byte[][] outputs = run.Outputs(_ => [8, 9]);
        Assert.Equal([1, 2, 3], outputs[0]);
        Assert.Equal([8, 9], outputs[1]);
        Assert.Equal([1, 2, 3], outputs[2]);
        Assert.Equal([8, 9], outputs[3]);
    }

    [Fact]
    public void Inputs_are_outputs_without_an_operator()
    {
        GraphBuilder built = new();
        Tensor input = built.Input(2, 3);
        built.Output(built.Add(new Reshape(), [6], input));

        NetworkRun run = NetworkRun.AfterPasses(built.Graph);
        Assert.Empty(run.Operators);
        Assert.Equal([1, 2, 3, 4, 5, 6], run.Outputs(_ => [1, 2, 3, 4, 5, 6])[0]);
        Assert.Equal(0, new OutputsInArena().Run(built.Graph));
    }
}
