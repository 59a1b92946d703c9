using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Views, joins in place and operators in place together leave every output as it has to be.</summary>
public sealed class RandomNetworkTests
{
    private const int Networks = 1500;

    [Fact]
    public void Networks_give_the_same_with_and_without_passes()
    {
        int operatorsBefore = 0;
        int operatorsAfter = 0;
        for (int seed = 0; seed < Networks; seed++)
        {
            operatorsBefore += Check(seed, NetworkRun.AsItStands);
            operatorsAfter += Check(seed, NetworkRun.AfterPasses);
        }

        Assert.True(operatorsAfter < operatorsBefore / 2, $"{operatorsBefore} operators, {operatorsAfter} after the passes");
    }

    private static int Check(int seed, Func<NetworkGraph, NetworkRun> lower)
    {
        RandomNetwork network = new(seed);
        byte[][] expected = [.. network.Graph.Outputs.Select(network.BytesOf)];
        Tensor[] constants = [.. network.Graph.Outputs.Where(output => output.IsConstant)];
        if (lower == NetworkRun.AsItStands && constants.Length > 0)
        {
            return 0;
        }

        NetworkRun run = lower(network.Graph);
        byte[][] outputs = run.Outputs(network.BytesOf);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i].AsSpan().SequenceEqual(outputs[i]), $"network {seed}, output {i}: {string.Join("; ", network.Graph.Nodes.Select(node => node.Operation))}");
        }

        return run.Operators.Length;
    }
}
