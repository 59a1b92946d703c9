using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Tells networks that compute with real numbers from those that were quantized.</summary>
internal static class FloatArithmetic
{
    /// <summary>
    /// True if the device would have to compute with real numbers: what touches them stays between integers, or is all there is, when
    /// everything that can is moved to the host.
    /// </summary>
    /// <param name="graph">The network as it was imported; it stays as it is.</param>
    public static bool IsIn(NetworkGraph graph)
    {
        NetworkGraph copy = GraphCopy.Of(graph).Graph;
        FloatPassList.Run(copy);
        foreach (GraphPass pass in PassList.All)
        {
            pass.Run(copy);
            if (pass is EdgesToHost)
            {
                break;
            }
        }

        return copy.Nodes.Exists(TouchesRealNumbers);
    }

    /// <summary>
    /// True if a network is a float one that is to be quantized. One that was quantized in part and has nodes that were refused is not: what
    /// stands against it is all that can be said of it.
    /// </summary>
    public static bool IsToBeQuantized(NetworkGraph graph)
    {
        bool quantized = graph.Nodes.SelectMany(node => node.Outputs).Any(tensor => tensor is { Quantization: not null, Type: DataType.Int8 or DataType.UInt8 or DataType.Int16 });
        return IsIn(graph) && !(quantized && graph.Refusals.Count > 0);
    }

    private static bool TouchesRealNumbers(Node node)
    {
        return node.Inputs.Concat(node.Outputs).Any(tensor => tensor is { Type: DataType.Float16 or DataType.Float32 or DataType.Float64 });
    }
}
