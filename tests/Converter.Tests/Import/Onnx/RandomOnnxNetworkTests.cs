using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Graph.Passes.Layout;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>The passes over drawn networks: the outputs stay, the transpositions go.</summary>
public sealed class RandomOnnxNetworkTests
{
    [Fact]
    public void Passes_keep_the_outputs_and_leave_transpositions_at_the_edges_only()
    {
        const int Networks = 300;
        for (int seed = 0; seed < Networks; seed++)
        {
            OnnxNetwork network = RandomOnnxNetwork.Draw(seed);
            NetworkGraph original = network.Import();
            float[][] inputs = GraphRun.Inputs(original, seed);
            float[] expected = GraphRun.Outputs(original, inputs)[0];
            GraphCopy copy = GraphCopy.Of(original);
            FloatPassList.Run(copy.Graph);

            Assert.Empty(FlowCheck.Run(copy.Graph));
            GraphCheck.Run(copy.Graph);
            Assert.Empty(copy.Graph.Refusals);
            GraphRun.Close(expected, GraphRun.Outputs(copy.Graph, inputs)[0], $"network {seed}", 1e-3f);
            Assert.All(
                copy.Graph.Nodes.Where(node => node.Operation is Transpose && copy.Graph.Nodes.Exists(other => LayoutRules.TakesImages(other.Operation))),
                node => Assert.True(copy.Graph.Inputs.Contains(node.Input(0)) || copy.Graph.Outputs.Contains(node.Output()), $"network {seed}: {node.Input(0)} to {node.Output()}"));
        }
    }
}
