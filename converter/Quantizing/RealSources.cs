using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Activations;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>
/// Real numbers that come from outside stay real: network inputs, and what is cast from integers. Behind each stands one conversion for all
/// that compute with integers, in the widest type that one of them wants.
/// </summary>
internal static class RealSources
{
    /// <summary>Adds the conversions.</summary>
    public static void Quantize(QuantizationContext context)
    {
        NetworkGraph graph = context.Graph;
        Tensor[] sources =
        [
            .. graph.Inputs.Where(QuantizationContext.IsReal),
            .. graph.Nodes.Where(node => context.Rule(node).StaysReal).SelectMany(node => node.Outputs).Where(QuantizationContext.IsReal),
        ];
        foreach (Tensor source in sources)
        {
            Quantize(context, source);
        }
    }

    private static void Quantize(QuantizationContext context, Tensor source)
    {
        Node[] readers = [.. context.Graph.Consumers(source).Where(node => !context.Rule(node).TakesAnyType && SchemeOf(context, node, []) is not null)];
        OperatorScheme[] schemes = [.. readers.Select(node => SchemeOf(context, node, [])!)];
        if (readers.Length == 0)
        {
            return;
        }

        Tensor quantized = new(source.Name + "_quantized", source.Type, source.Shape);
        Node conversion = new(new Quantize(), [source], [quantized]);
        context.Sources[quantized] = context.Sources[source];
        context.Quantized[source] = quantized;
        context.Schemes[conversion] = schemes.Aggregate((a, b) => TensorTypes.Of(b) == DataType.Int16 && TensorTypes.Of(a) != DataType.Int16 ? b : a);
        foreach (Node reader in readers)
        {
            reader.Inputs = Array.ConvertAll(reader.Inputs, input => input == source ? quantized : input);
        }

        Node? producer = context.Graph.Producer(source);
        context.Graph.Nodes.Insert(producer is null ? 0 : context.Graph.Nodes.IndexOf(producer) + 1, conversion);
    }

    /// <summary>The scheme by which a node reads real numbers; that of its own readers if it only moves elements. Null if it takes them as they are.</summary>
    private static OperatorScheme? SchemeOf(QuantizationContext context, Node node, HashSet<Node> seen)
    {
        if (!seen.Add(node) || context.Rule(node).StaysReal)
        {
            return null;
        }

        OperatorScheme own = context.Schemes[node];
        OperatorScheme? scheme = own.Activations.Type == ActivationType.Float ? null : own;
        if (!context.Rule(node).FollowsInputs || node.Outputs.Length == 0)
        {
            return scheme;
        }

        OperatorScheme[] further = [.. node.Outputs.SelectMany(context.Graph.Consumers).Select(reader => SchemeOf(context, reader, seen)).OfType<OperatorScheme>()];
        return further.Length == 0 ? scheme : further.Aggregate((a, b) => TensorTypes.Of(b) == DataType.Int16 && TensorTypes.Of(a) != DataType.Int16 ? b : a);
    }
}
