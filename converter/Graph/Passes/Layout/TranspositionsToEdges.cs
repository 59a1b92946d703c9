using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>
/// Transpositions move behind the operations that work in any order of axes, until they meet their inverse and both go, or are taken into the
/// weights of a fully connected layer. What importers put around the convolutions of a network with channels first (batch, channels, height,
/// width) disappears, but for what the network's own inputs and outputs need.
/// </summary>
/// <remarks>
/// One way through the graph: a transposition is not made but remembered for its output (<see cref="PendingTransposition"/>). A node that
/// reads such a tensor is either rewritten to work on the base, and its output becomes pending in turn (<see cref="LayoutRules"/>), or the
/// tensor is made in front of it, once for all who need it.
/// </remarks>
internal sealed class TranspositionsToEdges : GraphPass
{
    public override string Name => "transpositions-to-edges";

    public override int Run(NetworkGraph graph)
    {
        if (!graph.Nodes.Exists(node => node.Operation is Transpose))
        {
            return 0;
        }

        LayoutRewriter rewriter = new(graph);
        foreach (Node node in graph.Nodes)
        {
            rewriter.Add(node);
        }

        rewriter.Finish();
        new RemoveUnusedNodes().Run(graph);
        return rewriter.Rewritten;
    }
}
