using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Refuses schemes that the device has no operator for.</summary>
internal static class SchemeCheck
{
    /// <summary>Looks at the activations of every operator's scheme.</summary>
    public static void Run(QuantizationContext context)
    {
        foreach (Node node in context.Graph.Nodes)
        {
            OperatorScheme scheme = context.Schemes[node];
            if (scheme.Activations.Type == ActivationType.Dynamic && scheme.Weights.Encoding == WeightEncoding.Float && DynamicProduct.Knows(node.Operation))
            {
                context.Refuse(node, "Scales are found on the device for products of integers only.", "Quantize the weights, or use activations of real numbers.");
            }
        }
    }
}
