using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Lower;

/// <summary>Refuses what computes with real numbers in the middle of a network: the device has integers only.</summary>
internal static class RealNumbers
{
    private const string GiveFloatModel = "Give the float model: EdgeQuant quantizes it.";
    private const string Quantize = "Quantize the network to int8 or int16 throughout: real numbers are supported at its inputs and outputs only.";

    /// <summary>Refuses a node that reads or writes real numbers.</summary>
    /// <returns>The refusal; null if the node does not.</returns>
    public static Refusal? Refuse(Node node)
    {
        Tensor? real = Values(node).FirstOrDefault(tensor => ElementwiseCheck.IsReal(tensor.Type));
        if (real is null)
        {
            return null;
        }

        return IsHybrid(node)
            ? Refusal.Of(node, $"It is part of a hybrid model: {real.Type.ToString().ToLowerInvariant()} activations with integer weights.", GiveFloatModel)
            : Refusal.Of(node, $"It computes with real numbers: {real}. The device computes with integers only.", Quantize);
    }

    /// <summary>What refused nodes have in common, if the network was never quantized or only its weights were; null otherwise.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="refused">The nodes that <see cref="Refuse"/> refused.</param>
    public static Refusal? Summary(NetworkGraph graph, IReadOnlyList<Node> refused)
    {
        int hybrid = refused.Count(IsHybrid);
        if (hybrid > 0)
        {
            return new Refusal("network", [], $"It is a hybrid model: {hybrid} operators have real activations and integer weights (dynamic range quantization).", GiveFloatModel);
        }

        bool quantized = graph.Nodes.SelectMany(node => node.Outputs).Any(tensor => tensor.Quantization is not null && tensor.Type is DataType.Int8 or DataType.UInt8 or DataType.Int16);
        return refused.Count == 0 || quantized
            ? null
            : new Refusal("network", [], $"It is a float model: {refused.Count} operators compute with real numbers, and none with quantized integers.", Quantize);
    }

    private static bool IsHybrid(Node node)
    {
        return node.Outputs.Any(output => ElementwiseCheck.IsReal(output.Type))
            && node.Inputs.Any(input => input is { IsConstant: true, Quantization: not null } && input.Type is DataType.Int4 or DataType.Int8 or DataType.UInt8);
    }

    private static IEnumerable<Tensor> Values(Node node)
    {
        // The bias of a product whose scale is found at run time becomes integers when it is lowered.
        return node.Inputs.OfType<Tensor>().Where(input => !(input.IsConstant && node.Operation is DynamicProduct)).Concat(node.Outputs);
    }
}
