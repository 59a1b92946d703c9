using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;

namespace EdgeQuant.Converter.Tests.Operators;

/// <summary>Graphs of few nodes, made piece by piece, and networks loaded from them.</summary>
internal static class SmallNetwork
{
    public static Tensor Tensor(string name, DataType type, int[] shape, float scale, int zeroPoint)
    {
        return new Tensor(name, type, shape) { Quantization = Quantization.PerTensor(scale, zeroPoint) };
    }

    public static Tensor Constant<T>(string name, DataType type, int[] shape, T[] values, Quantization? quantization = null)
        where T : unmanaged
    {
        return new Tensor(name, type, shape) { Data = Bytes(values), Quantization = quantization };
    }

    /// <summary>A graph with the given nodes; inputs and outputs are named, states and constants are found by themselves.</summary>
    public static NetworkGraph Graph(Tensor[] inputs, Tensor[] outputs, params Node[] nodes)
    {
        NetworkGraph graph = new("small");
        graph.Inputs.AddRange(inputs);
        graph.Outputs.AddRange(outputs);
        graph.Nodes.AddRange(nodes);
        return graph;
    }

    /// <summary>Lowers, plans, packs and loads a graph, without any pass.</summary>
    public static Network Load(NetworkGraph graph)
    {
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlanner.Run(network);
        return Network.Load(ModelWriter.Write(network, selfTest: null, modelCard: null));
    }

    /// <summary>One inference.</summary>
    /// <returns>The elements of output 0.</returns>
    public static T[] Run<T>(Network network, params Array[] inputs)
        where T : unmanaged
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            byte[] bytes = inputs[i] switch
            {
                sbyte[] values => Bytes(values),
                short[] values => Bytes(values),
                int[] values => Bytes(values),
                _ => throw new ArgumentException("No element type of inputs.", nameof(inputs)),
            };
            bytes.CopyTo(MemoryMarshal.AsBytes(network.Input(i)));
        }

        network.Invoke();
        return MemoryMarshal.Cast<sbyte, T>(network.Output()).ToArray();
    }

    /// <summary>Numbers of a range, the same for every run of a test.</summary>
    public static T[] Numbers<T>(Random random, int count, int minimum, int maximum)
        where T : System.Numerics.INumber<T>
    {
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.Next(minimum, maximum + 1)))];
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged
    {
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
