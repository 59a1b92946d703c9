using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Dynamic;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Makes a quantized network of a float one: scales, zero points, integer constants, conversions between what is held differently.</summary>
internal static class Quantizer
{
    /// <summary>Quantizes a network.</summary>
    /// <param name="graph">The float network, simplified (<see cref="Graph.Passes.FloatPassList"/>); it stays as it is.</param>
    /// <param name="recipe">How.</param>
    /// <param name="ranges">What values its activations take.</param>
    /// <param name="weights">Weights that a repair has quantized already, by float tensor; null for none.</param>
    /// <exception cref="UnsupportedNetworkException">Operators that cannot be quantized as the recipe says: all reasons at once.</exception>
    public static QuantizedNetwork Run(NetworkGraph graph, Recipe recipe, ITensorRanges ranges, IReadOnlyDictionary<Tensor, QuantizedWeights>? weights = null)
    {
        IReadOnlyDictionary<Node, OperatorScheme> schemes = RecipeMatcher.Schemes(graph, recipe);
        GraphCopy copy = GraphCopy.Of(graph);
        QuantizationContext context = new(copy.Graph, recipe, ranges) { Weights = weights ?? new Dictionary<Tensor, QuantizedWeights>() };
        foreach ((Tensor source, Tensor tensor) in copy.Tensors)
        {
            context.Sources.Add(tensor, source);
        }

        foreach ((Node node, OperatorScheme scheme) in schemes)
        {
            context.Schemes.Add(copy.Nodes[node], scheme);
        }

        Run(context);
        return new QuantizedNetwork(
            graph, copy.Graph, copy.Tensors.ToDictionary(pair => pair.Key, pair => context.Quantized.GetValueOrDefault(pair.Value, pair.Value)), copy.Nodes, schemes);
    }

    private static void Run(QuantizationContext context)
    {
        SchemeCheck.Run(context);
        RealSources.Quantize(context);
        TensorTypes types = TensorTypes.Of(context);
        TensorRanges ranges = new(context, types);
        ParameterGroups groups = ParameterGroups.Of(context, types, ranges);
        new GraphRewriter(context, types, ranges, groups).Run();
        IReadOnlyList<Refusal> refusals = [.. context.Graph.Refusals, .. context.Refusals];
        if (refusals.Count > 0)
        {
            throw new UnsupportedNetworkException(refusals);
        }

        DynamicRewriter.Run(context);
        context.Ranges.Keep(DynamicRewriter.WithFixedScales(context));
        FusedConversions.Run(context.Graph);
    }
}
