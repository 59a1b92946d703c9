using System.Numerics;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>A network of few nodes, made piece by piece, on every kernel set at once, on one thread and on several: all must agree.</summary>
internal sealed class SmallNetwork
{
    private const int Threads = 3;

    private readonly Network[] _networks;

    private SmallNetwork(byte[] file)
    {
        KernelSet[] onThreads = Array.ConvertAll(KernelSets.All, kernels => KernelSets.OnThreads(kernels, Threads, smallestPiece: 1));
        _networks = Array.ConvertAll([.. KernelSets.All, .. onThreads], kernels => Network.Load(file, kernels));
    }

    public int StateBytes => _networks[0].StateBytes;

    public static Tensor Tensor(string name, DataType type, int[] shape, float scale = 1, int zeroPoint = 0)
    {
        return new Tensor(name, type, shape) { Quantization = Quantization.PerTensor(scale, zeroPoint) };
    }

    public static Tensor State(string name, DataType type, int[] shape, float scale = 1, int zeroPoint = 0)
    {
        Tensor state = Tensor(name, type, shape, scale, zeroPoint);
        state.InitialState = new byte[state.ElementCount * type.Bytes()];
        return state;
    }

    public static Tensor Constant<T>(string name, DataType type, int[] shape, T[] values, Quantization? quantization = null)
        where T : unmanaged
    {
        return new Tensor(name, type, shape) { Data = Bytes(values), Quantization = quantization };
    }

    public static NetworkGraph Graph(Tensor[] inputs, Tensor[] outputs, params Node[] nodes)
    {
        NetworkGraph graph = new("small");
        graph.Inputs.AddRange(inputs);
        graph.Outputs.AddRange(outputs);
        graph.Nodes.AddRange(nodes);
        return graph;
    }

    /// <summary>Lowers, plans, packs and loads a graph, without any pass.</summary>
    public static SmallNetwork Load(NetworkGraph graph)
    {
        GraphCheck.Run(graph);
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlanner.Run(network);
        return new SmallNetwork(ModelWriter.Write(network, selfTest: null, modelCard: null));
    }

    /// <summary>Numbers of a range, the same for every run of a test.</summary>
    public static T[] Numbers<T>(Random random, int count, int minimum, int maximum)
        where T : INumber<T>
    {
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.Next(minimum, maximum + 1)))];
    }

    /// <summary>One inference.</summary>
    /// <returns>The elements of output 0.</returns>
    public T[] Run<T>(params Array[] inputs)
        where T : unmanaged
    {
        T[][] results = Array.ConvertAll(_networks, network =>
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                byte[] bytes = new byte[Buffer.ByteLength(inputs[i])];
                Buffer.BlockCopy(inputs[i], 0, bytes, 0, bytes.Length);
                bytes.CopyTo(MemoryMarshal.AsBytes(network.Input(i)));
            }

            network.Invoke();
            return MemoryMarshal.Cast<sbyte, T>(network.Output()).ToArray();
        });
        int other = Array.FindIndex(results, result => !result.SequenceEqual(results[0]));
        return other < 0
            ? results[0]
            : throw new InvalidOperationException($"The kernels '{_networks[other].KernelsName}' give other results than '{_networks[0].KernelsName}'.");
    }

    public void Reset()
    {
        Array.ForEach(_networks, network => network.Reset());
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged
    {
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}
