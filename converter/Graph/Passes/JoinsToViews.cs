using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// A tensor that is one piece of a concatenation's output becomes a view of it: the node that makes the tensor writes it to its place at once.
/// This holds the output's memory from then on: it is done only where the network needs no more memory for it. The concatenation
/// stays for its other inputs; copies onto themselves are not executed.
/// </summary>
internal sealed class JoinsToViews : GraphPass
{
    public override string Name => "joins-to-views";

    public override int Run(NetworkGraph graph)
    {
        int made = 0;
        long peak = GraphMemory.Peak(graph);
        int questions = GraphMemory.MostQuestions(graph);
        foreach (Node node in graph.Nodes)
        {
            if (Movements.Resolve(node)?.Movements is not [TensorMovement { Fill: null } movement] || movement.Target.Root.IsState)
            {
                continue;
            }

            foreach (MovementRegion region in movement.Regions)
            {
                if (questions == 0 || Owner(graph, node, movement, region) is not Tensor owner)
                {
                    continue;
                }

                questions--;

                owner.View = new TensorView(movement.Target, (int)region.TargetOffset * movement.Target.Type.Bytes());
                long now = GraphMemory.Peak(graph);
                if (now > peak)
                {
                    owner.View = null;
                    continue;
                }

                peak = now;
                made++;
            }
        }

        return made;
    }

    /// <summary>The tensor whose memory would become a piece of the target's; null if that cannot be.</summary>
    private static Tensor? Owner(NetworkGraph graph, Node node, TensorMovement movement, MovementRegion region)
    {
        Tensor source = region.Source;
        bool whole = region.IsContiguous && region.SourceOffset == 0 && region.ElementCount == source.ElementCount;
        Tensor owner = source.Root;
        return whole
            && movement.Regions.Count(other => other.Source.Root == owner) == 1
            && owner != movement.Target.Root
            && owner.Type == movement.Target.Type
            && owner.ElementCount == source.ElementCount
            && !owner.IsConstant
            && !owner.IsState
            && graph.Producer(owner) is Node producer
            && producer != node
            ? owner
            : null;
    }
}
