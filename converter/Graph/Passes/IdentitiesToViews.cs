using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// An element-wise node that gives every element back changes nothing: its output becomes a view of its input. Such are casts to the same type,
/// requantization between equal quantizations, and clamps that no element reaches.
/// </summary>
internal sealed class IdentitiesToViews : GraphPass
{
    public override string Name => "identities-to-views";

    public override int Run(NetworkGraph graph)
    {
        int made = 0;
        foreach (Node node in graph.Nodes.ToArray())
        {
            if (IsIdentity(node) && MayBeView(graph, node))
            {
                node.Output().View = new TensorView(node.Input(0), 0);
                graph.Nodes.Remove(node);
                made++;
            }
        }

        return made;
    }

    private static bool MayBeView(NetworkGraph graph, Node node)
    {
        Tensor source = node.Input(0);
        Tensor target = node.Output();
        return !source.Root.IsConstant && !target.IsState && target.View is null && StateReads.AreSafe(graph, node, source, target);
    }

    private static bool IsIdentity(Node node)
    {
        if (node.Operation is not (Unary or Parametric or LeakyRelu or Quantize or Cast) || ElementwiseCheck.Problem(node) is not null)
        {
            return false;
        }

        if (ElementTable.Of(node) is sbyte[] table)
        {
            return ElementTable.IsIdentity(table);
        }

        DataType type = node.Input(0).Type;
        return type == node.Output().Type && (node.Operation is Cast || PiecewiseLinearFunction.Of(node)?.IsIdentity(type) == true);
    }
}
