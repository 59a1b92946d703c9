using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Tests.Evaluate;

/// <summary>Float networks of fully connected layers, and samples for them, drawn from a seed.</summary>
internal static class SmallNetworks
{
    /// <summary>Layers of the given sizes, rectified but for the last; tensors are named x, layer 0, layer 1 and so on.</summary>
    public static NetworkGraph Layers(int seed, params int[] sizes)
    {
        Random random = new(seed);
        NetworkGraph graph = new("layers");
        Tensor value = new("x", DataType.Float32, [1, sizes[0]]);
        graph.Inputs.Add(value);
        for (int i = 1; i < sizes.Length; i++)
        {
            Tensor weights = Constant($"weights {i - 1}", random, sizes[i], sizes[i - 1]);
            Tensor bias = Constant($"bias {i - 1}", random, sizes[i]);
            Tensor output = new($"layer {i - 1}", DataType.Float32, [1, sizes[i]]);
            graph.Nodes.Add(new Node(new FullyConnected(i == sizes.Length - 1 ? Activation.None : Activation.Relu), [value, weights, bias], [output]));
            value = output;
        }

        graph.Outputs.Add(value);
        return graph;
    }

    /// <summary>A network that gives its input back.</summary>
    public static NetworkGraph Identity(int size, float gain = 1)
    {
        NetworkGraph graph = new("identity");
        Tensor input = new("x", DataType.Float32, [1, size]);
        Tensor output = new("y", DataType.Float32, [1, size]);
        float[] weights = new float[size * size];
        for (int i = 0; i < size; i++)
        {
            weights[(i * size) + i] = gain;
        }

        graph.Inputs.Add(input);
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [input, Constant("weights", weights, size, size), null], [output]));
        return graph;
    }

    /// <summary>Records of values from -1 to 1.</summary>
    public static SampleSet Samples(int seed, int count, int size)
    {
        Random random = new(seed);
        return new SampleSet([.. Enumerable.Range(0, count).Select(_ => new[] { Values(random, size) })], "samples");
    }

    private static Tensor Constant(string name, Random random, params int[] shape)
    {
        return Constant(name, Values(random, shape.Aggregate(1, (product, size) => product * size)), shape);
    }

    private static Tensor Constant(string name, float[] values, params int[] shape)
    {
        return new Tensor(name, DataType.Float32, shape) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    private static float[] Values(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
