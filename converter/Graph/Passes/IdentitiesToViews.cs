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
        return graph.Nodes.RemoveAll(node =>
        {
            if (!IsIdentity(node))
            {
                return false;
            }

            node.Output().View = new TensorView(node.Input(0), 0);
            return true;
        });
    }

    private static bool IsIdentity(Node node)
    {
        if (node.Operation is not (Unary or LeakyRelu or Quantize or Cast))
        {
            return false;
        }

        // A view of a state would change when the state is written.
        Tensor input = node.Input(0);
        if (input.IsConstant || input.Root.IsState || ElementwiseCheck.Problem(node) is not null)
        {
            return false;
        }

        if (ElementTable.Of(node) is sbyte[] table)
        {
            return ElementTable.IsIdentity(table);
        }

        return input.Type == node.Output().Type && (node.Operation is Cast || PiecewiseLinearFunction.Of(node)?.IsIdentity(input.Type) == true);
    }
}
