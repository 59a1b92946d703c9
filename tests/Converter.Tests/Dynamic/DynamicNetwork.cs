using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Converter.Tests.Dynamic;

/// <summary>One operator whose results' scale is found at run time, on every kernel set at once: all must agree.</summary>
internal sealed class DynamicNetwork
{
    private readonly Network[] _networks;

    private DynamicNetwork(byte[] file)
    {
        File = file;
        _networks = Array.ConvertAll(KernelSets.All, kernels => Network.Load(file, kernels));
    }

    public byte[] File { get; }

    /// <summary>Lowers, plans, packs and loads an operator.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Its inputs; those that are no constants become inputs of the network.</param>
    /// <param name="outputShape">The shape of its results.</param>
    public static DynamicNetwork Load(DynamicProduct operation, Tensor?[] inputs, params int[] outputShape)
    {
        Tensor data = new("data", DataType.Int8, outputShape);
        Tensor scale = Scale("scale");
        return Load(new Node(operation, inputs, [data, scale]));
    }

    public static DynamicNetwork Load(Node node)
    {
        NetworkGraph graph = new("one operator");
        graph.Inputs.AddRange(node.Inputs.OfType<Tensor>().Where(input => !input.IsConstant));
        graph.Outputs.AddRange(node.Outputs);
        graph.Nodes.Add(node);
        GraphCheck.Run(graph);
        LoweredNetwork lowered = Lowering.Run(graph);
        ArenaPlanner.Run(lowered);
        return new DynamicNetwork(ModelWriter.Write(lowered, selfTest: null, modelCard: null));
    }

    public static Tensor Scale(string name)
    {
        return new Tensor(name, DataType.Int32, [DynamicScale.Elements]);
    }

    /// <summary>One inference.</summary>
    /// <param name="inputs">The bytes of each input of the network.</param>
    /// <returns>The real numbers that the results stand for, and what one step of them is.</returns>
    public (double[] Values, double Step) Run(params byte[][] inputs)
    {
        byte[][] results = RunBytes(inputs);
        DynamicScale scale = DynamicScale.Read(results[1]);
        return (Array.ConvertAll(results[0], value => (unchecked((sbyte)value) - scale.ZeroPoint) * scale.Step), scale.Step);
    }

    /// <summary>One inference.</summary>
    /// <returns>The bytes of each output.</returns>
    public byte[][] RunBytes(params byte[][] inputs)
    {
        byte[][][] results = Array.ConvertAll(_networks, network =>
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i].CopyTo(MemoryMarshal.AsBytes(network.Input(i)));
            }

            network.Invoke();
            byte[][] outputs = new byte[network.OutputCount][];
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i] = MemoryMarshal.AsBytes(network.Output(i)).ToArray();
            }

            return outputs;
        });
        for (int i = 1; i < results.Length; i++)
        {
            if (!results[i].Zip(results[0]).All(pair => pair.First.SequenceEqual(pair.Second)))
            {
                throw new InvalidOperationException($"The kernels '{_networks[i].KernelsName}' give other results than '{_networks[0].KernelsName}'.");
            }
        }

        return results[0];
    }
}
