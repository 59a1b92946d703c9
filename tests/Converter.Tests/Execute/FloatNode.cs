using System.Runtime.InteropServices;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using Xunit;

namespace EdgeQuant.Converter.Tests.Execute;

/// <summary>Runs one operation with real numbers.</summary>
internal static class FloatNode
{
    /// <summary>Numbers between -2 and 2, the same for every run of a test.</summary>
    public static float[] Numbers(Random random, params int[] shape)
    {
        return [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    public static Tensor Input(params int[] shape)
    {
        return new Tensor("input", DataType.Float32, shape);
    }

    public static Tensor Constant(int[] shape, float[] values)
    {
        return new Tensor("constant", DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    public static Tensor Constant(params int[] values)
    {
        return new Tensor("constant", DataType.Int32, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    /// <summary>Checks and runs the operation once.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="inputs">Its inputs; null where an optional one is absent.</param>
    /// <param name="shape">The shape of its output.</param>
    /// <param name="values">The values of each input that is no constant, in their order.</param>
    public static float[] Run(Operation operation, Tensor?[] inputs, int[] shape, params float[][] values)
    {
        NetworkGraph graph = new("single node");
        Tensor output = new("output", DataType.Float32, shape);
        graph.Inputs.AddRange(inputs.OfType<Tensor>().Where(input => !input.IsConstant && !input.IsState));
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        GraphCheck.Run(graph);
        FloatExecutor executor = FloatExecutor.Of(graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        for (int i = 0; i < values.Length; i++)
        {
            values[i].CopyTo(workspace[graph.Inputs[i]]);
        }

        executor.Run(workspace);
        return workspace[output].ToArray();
    }

    /// <summary>All elements are equal but for the rounding of real numbers.</summary>
    public static void Close(IReadOnlyList<double> expected, float[] found, string of)
    {
        Assert.Equal(expected.Count, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            double limit = 1e-5 + (1e-4 * Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - found[i]) <= limit || expected[i].Equals(found[i]), $"{of}, element {i}: {found[i]} instead of {expected[i]}.");
        }
    }
}
