using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
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
        GraphCopy copy = GraphCopy.Of(graph);
        return new QuantizedNetwork(graph, copy.Graph, copy.Tensors, copy.Nodes, graph.Nodes.ToDictionary(node => node, _ => recipe.Operators));
    }
}
