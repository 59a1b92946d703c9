using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Trained networks in ONNX against the outputs of ONNX Runtime.</summary>
public sealed class OnnxGoldenTests
{
    [Theory]
    [InlineData("cntk_mnist")]
    [InlineData("ultraface_rfb320")]
    public void Outputs_are_those_of_onnx_runtime(string name)
    {
        NetworkGraph graph = Import(name);
        GraphCheck.Run(graph);
        Assert.Empty(graph.Refusals);
        Compare(name, graph);
    }

    [Theory]
    [InlineData("cntk_mnist")]
    [InlineData("ultraface_rfb320")]
    public void Passes_keep_the_outputs_and_leave_transpositions_at_the_edges_only(string name)
    {
        NetworkGraph graph = Import(name);
        GraphCheck.Run(graph);
        FloatPassList.Run(graph);
        Assert.Empty(FlowCheck.Run(graph));
        Compare(name, graph);
        Node[] transpositions = [.. graph.Nodes.Where(node => node.Operation is Transpose)];
        Assert.All(transpositions, node => Assert.True(graph.Inputs.Contains(node.Input(0)) || graph.Outputs.Contains(node.Output())));
    }

    private static NetworkGraph Import(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        ImportedNetwork network = NetworkFile.Import(File.ReadAllBytes(Path.Combine(Repository.Shared, "models", "float", name + ".onnx")));
        Assert.Equal("onnx", network.Importer);
        return network.Graph;
    }

    private static void Compare(string name, NetworkGraph graph)
    {
        float[] inputs = Floats(name, "inputs.bin");
        float[] outputs = Floats(name, "outputs.bin");
        int inputLength = graph.Inputs.Sum(tensor => tensor.ElementCount);
        int records = inputs.Length / inputLength;

        // The reference has the first output only where there are several.
        int outputLength = graph.Outputs[0].ElementCount;
        Assert.Equal(records * outputLength, outputs.Length);
        Assert.Single(graph.Inputs);
        SampleSet samples = new([.. Enumerable.Range(0, records).Select(record => new[] { inputs[(record * inputLength)..((record + 1) * inputLength)] })], name);
        FloatExecutor.Of(graph).RunAll(samples, (record, workspace) =>
        {
            int at = record * outputLength;
            foreach (float value in workspace[graph.Outputs[0]])
            {
                Assert.True(MathF.Abs(value - outputs[at]) <= 1e-5f + (1e-4f * MathF.Abs(outputs[at])), $"record {record}: {value} instead of {outputs[at]}");
                at++;
            }
        });
    }

    private static float[] Floats(string name, string file)
    {
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Repository.Shared, "goldens-float", name, file))).ToArray();
    }
}
