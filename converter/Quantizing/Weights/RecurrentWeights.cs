using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Codebooks;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>Weights of recurrent operators: symmetric, one scale a tensor, as the device takes them.</summary>
internal static class RecurrentWeights
{
    /// <summary>Refuses schemes that the device cannot execute.</summary>
    /// <returns>False after refusing.</returns>
    public static bool Check(QuantizationContext context, Node node)
    {
        WeightScheme scheme = context.Schemes[node].Weights;
        if (scheme is { Encoding: not WeightEncoding.Float, Symmetric: true })
        {
            return true;
        }

        context.Refuse(node, $"The weights of {node.Operation.Name} must be symmetric integers.", $"Give it such weights by a rule of the recipe: kind {node.Operation.Name}.");
        return false;
    }

    /// <summary>Quantizes one tensor of weights; null after refusing the node.</summary>
    /// <param name="context">Where refusals are collected.</param>
    /// <param name="node">The node.</param>
    /// <param name="index">The position of the weights among the node's inputs.</param>
    /// <param name="smallestScale">The smallest scale that they may have.</param>
    public static Tensor? Run(QuantizationContext context, Node node, int index, double smallestScale)
    {
        Tensor weights = node.Input(index);
        if (!weights.IsConstant)
        {
            context.Refuse(node, $"The weights '{weights.Name}' are computed while the network runs.", "Make them constants.");
            return null;
        }

        if (QuantizedConstants.Values(context, node, weights) is not float[] values)
        {
            return null;
        }

        if (!context.Weights.TryGetValue(context.Sources[weights], out QuantizedWeights? quantized))
        {
            WeightScheme scheme = context.Schemes[node].Weights with { PerChannel = false };
            double[] smallest = [Math.Max(smallestScale, float.Epsilon * 1e10)];
            quantized = scheme.Encoding == WeightEncoding.Codebook
                ? CodebookQuantizer.Run(values, weights.Shape, 0, scheme, new CodebookOptions(SmallestScales: smallest))
                : WeightQuantizer.Run(values, weights.Shape, 0, scheme, smallest);
        }

        return context.Constant(weights, QuantizedConstants.Of(weights, context.Schemes[node].Weights.Encoding == WeightEncoding.Int4 ? DataType.Int4 : DataType.Int8, quantized));
    }
}
