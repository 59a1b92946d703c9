using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>The float executor against the runtimes of the networks' trainers.</summary>
public sealed class FloatGoldenTests
{
    private const float Relative = 1e-4f;
    private const float Absolute = 1e-5f;

    public static TheoryData<string> Names => FloatGolden.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_the_trainers_runtime(string name)
    {
        FloatGolden golden = FloatGolden.Load(name);
        FloatExecutor executor = FloatExecutor.Of(golden.Graph);
        float[][] found = new float[golden.Samples.Count][];

        executor.RunAll(golden.Samples, (record, workspace) => found[record] = Outputs(golden.Graph, workspace), cancellation: TestContext.Current.CancellationToken);

        for (int record = 0; record < found.Length; record++)
        {
            Assert.Equal(golden.Outputs[record].Length, found[record].Length);
            for (int i = 0; i < found[record].Length; i++)
            {
                float expected = golden.Outputs[record][i];
                Assert.True(
                    Math.Abs(found[record][i] - expected) <= Math.Max(Absolute, Relative * Math.Abs(expected)),
                    $"{name}, record {record}, element {i}: {found[record][i]} instead of {expected}.");
            }
        }
    }

    private static float[] Outputs(NetworkGraph graph, FloatWorkspace workspace)
    {
        List<float> outputs = [];
        foreach (Tensor output in graph.Outputs)
        {
            outputs.AddRange(workspace[output]);
        }

        return [.. outputs];
    }
}
