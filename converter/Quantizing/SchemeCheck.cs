using EdgeQuant.Converter.Graph;
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
            switch (context.Schemes[node].Activations.Type)
            {
                case ActivationType.Dynamic:
                    context.Refuse(node, "Activation ranges that are found on the device are not supported yet.", "Use int8 or int16 activations.");
                    break;
                case ActivationType.Int16 when !context.Rule(node).HasInt16:
                    context.Refuse(
                        node, $"The device has no {node.Operation.Name} with 16 bits.", $"Give it 8-bit activations by a rule of the recipe: kind {node.Operation.Name}, activations int8.");
                    break;
            }
        }
    }
}
