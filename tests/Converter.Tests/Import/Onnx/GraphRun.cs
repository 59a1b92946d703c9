using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Runs graphs with real numbers.</summary>
internal static class GraphRun
{
    /// <summary>The values of each output for one record.</summary>
    public static float[][] Outputs(NetworkGraph graph, params float[][] inputs)
    {
        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].CopyTo(workspace[graph.Inputs[i]]);
        }

        executor.Run(workspace);
        return [.. graph.Outputs.Select(output => workspace[output].ToArray())];
    }

    /// <summary>Numbers between -2 and 2 for each input of a graph, the same for every run of a test.</summary>
    public static float[][] Inputs(NetworkGraph graph, int seed)
    {
        Random random = new(seed);
        return [.. graph.Inputs.Select(input => Numbers(random, input.ElementCount))];
    }

    public static float[] Numbers(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    /// <summary>All elements are equal but for the rounding of real numbers.</summary>
    public static void Close(float[] expected, float[] found, string of, float tolerance = 1e-4f)
    {
        Assert.Equal(expected.Length, found.Length);
        float size = expected.Max(MathF.Abs);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(
                MathF.Abs(expected[i] - found[i]) <= tolerance * (MathF.Abs(expected[i]) + (0.1f * size)) + 1e-6f || expected[i].Equals(found[i]),
                $"{of}, element {i}: {found[i]} instead of {expected[i]}");
        }
    }
}
