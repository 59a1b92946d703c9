namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>
/// The edges that make the longest chains: each leads from a node to the successor with the longest way to the end, which has no predecessor
/// with a longer way from the start. Straight, they let a network be read from top to bottom with its side branches beside it.
/// </summary>
internal sealed class Spine
{
    private readonly HashSet<LayoutEdge> _edges = [];

    private Spine()
    {
    }

    public static Spine Of(int nodes, IReadOnlyList<LayoutEdge> edges)
    {
        ILookup<int, int> incoming = edges.ToLookup(edge => edge.To, edge => edge.From);
        ILookup<int, int> outgoing = edges.ToLookup(edge => edge.From, edge => edge.To);
        int[] fromStart = new int[nodes];
        int[] toEnd = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            fromStart[node] = incoming[node].Select(from => fromStart[from] + 1).DefaultIfEmpty(0).Max();
        }

        for (int node = nodes - 1; node >= 0; node--)
        {
            toEnd[node] = outgoing[node].Select(to => toEnd[to] + 1).DefaultIfEmpty(0).Max();
        }

        Spine spine = new();
        for (int node = 0; node < nodes; node++)
        {
            if (outgoing[node].Any())
            {
                int next = outgoing[node].MaxBy(to => toEnd[to]);
                if (incoming[next].MaxBy(from => fromStart[from]) == node)
                {
                    spine._edges.Add(new LayoutEdge(node, next));
                }
            }
        }

        return spine;
    }

    public bool Has(LayoutEdge edge)
    {
        return _edges.Contains(edge);
    }
}
