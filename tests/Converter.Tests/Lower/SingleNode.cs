using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Runs one operation the whole way: graph, lowering, plan, file, runtime.</summary>
internal static class SingleNode
{
    /// <summary>Makes an input.</summary>
    public static Tensor Input(DataType type, int[] shape, Quantization? quantization = null)
    {
        return new Tensor("input", type, shape) { Quantization = quantization };
    }

    /// <summary>Makes a constant of elements as they lie in memory.</summary>
    public static Tensor Constant<T>(DataType type, int[] shape, T[] elements, Quantization? quantization = null)
        where T : unmanaged
    {
        return new Tensor("constant", type, shape) { Quantization = quantization, Data = MemoryMarshal.AsBytes(elements.AsSpan()).ToArray() };
    }

    /// <summary>Lowers the operation alone.</summary>
    /// <exception cref="UnsupportedNetworkException">It cannot be lowered.</exception>
    public static LoweredNetwork Lower(Operation operation, Tensor[] inputs, Tensor output)
    {
        NetworkGraph graph = new("single node");
        graph.Inputs.AddRange(inputs.Where(input => !input.IsConstant).Distinct());
        graph.Outputs.Add(output);
        graph.Nodes.Add(new Node(operation, inputs, [output]));
        GraphCheck.Run(graph);
        return Lowering.Run(graph);
    }

    /// <summary>Packs the operation alone into a file.</summary>
    public static byte[] Pack(Operation operation, Tensor[] inputs, Tensor output)
    {
        LoweredNetwork network = Lower(operation, inputs, output);
        ArenaPlanner.Run(network);
        return ModelWriter.Write(network, selfTest: null, modelCard: null);
    }

    /// <summary>Runs the operation on every kernel set, which must agree, and gives the output's elements.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="inputs">Its inputs; one may stand in several places.</param>
    /// <param name="output">Its output, whose elements are of type <typeparamref name="T"/>.</param>
    /// <param name="values">The elements of each input that is no constant, in the order of their first use.</param>
    public static T[] Run<T>(Operation operation, Tensor[] inputs, Tensor output, params Array[] values)
        where T : unmanaged
    {
        byte[] file = Pack(operation, inputs, output);
        T[]? result = null;
        foreach (KernelSet kernels in KernelSets.All)
        {
            Network network = Network.Load(file, kernels);
            for (int i = 0; i < values.Length; i++)
            {
                Bytes(values[i]).CopyTo(MemoryMarshal.AsBytes(network.Input(i)));
            }

            network.Invoke();
            T[] made = MemoryMarshal.Cast<sbyte, T>(network.Output()).ToArray();
            if (result is not null && !result.SequenceEqual(made))
            {
                throw new InvalidOperationException($"The kernels '{network.KernelsName}' give other results than '{KernelSets.All[0].Name}'.");
            }

            result = made;
        }

        return result!;
    }

    private static byte[] Bytes(Array elements)
    {
        byte[] bytes = new byte[Buffer.ByteLength(elements)];
        Buffer.BlockCopy(elements, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
