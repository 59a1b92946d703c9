using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// An output that is one piece of an input's memory (reshape, outer slice, split or unpack along an outer axis, transpose that moves only axes
/// of size 1) becomes a view of it, where the input's memory is not written while the view is read. A view of a part keeps the whole in
/// memory: it is made only where the network needs no more memory for it.
/// </summary>
internal sealed class MovementsToViews : GraphPass
{
    public override string Name => "movements-to-views";

    public override int Run(NetworkGraph graph)
    {
        int made = 0;
        long peak = GraphMemory.Peak(graph);
        int questions = GraphMemory.MostQuestions(graph);
        foreach (Node node in graph.Nodes.ToArray())
        {
            if (Movements.Resolve(node)?.Movements is not IReadOnlyList<TensorMovement> movements || !movements.All(movement => MayBeView(graph, node, movement)))
            {
                continue;
            }

            bool partial = movements.Any(movement => movement.Target.ElementCount != movement.Regions[0].Source.ElementCount);
            if (partial && questions-- <= 0)
            {
                continue;
            }

            foreach (TensorMovement movement in movements)
            {
                MovementRegion region = movement.Regions[0];
                movement.Target.View = new TensorView(region.Source, (int)region.SourceOffset * region.Source.Type.Bytes());
            }

            int position = graph.Nodes.IndexOf(node);
            graph.Nodes.RemoveAt(position);
            long now = partial ? GraphMemory.Peak(graph) : peak;
            if (now > peak)
            {
                graph.Nodes.Insert(position, node);
                foreach (TensorMovement movement in movements)
                {
                    movement.Target.View = null;
                }

                continue;
            }

            peak = now;
            made++;
        }

        return made;
    }

    private static bool MayBeView(NetworkGraph graph, Node node, TensorMovement movement)
    {
        if (movement.Regions is not [MovementRegion { IsContiguous: true } region] || region.ElementCount != movement.Target.ElementCount)
        {
            return false;
        }

        Tensor target = movement.Target;
        return region.Source != target
            && !region.Source.Root.IsConstant
            && !target.IsState
            && target.View is null
            && region.Source.Type.Bytes() > 0
            && StateReads.AreSafe(graph, node, region.Source, target);
    }
}
