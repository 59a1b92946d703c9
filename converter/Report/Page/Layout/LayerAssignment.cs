namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>Which layer each node stands in: below everything that it depends on, and sources right above what first needs them.</summary>
internal static class LayerAssignment
{
    public static int[] Run(int nodes, IReadOnlyList<LayoutEdge> edges)
    {
        ILookup<int, int> incoming = edges.ToLookup(edge => edge.To, edge => edge.From);
        ILookup<int, int> outgoing = edges.ToLookup(edge => edge.From, edge => edge.To);
        int[] layers = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            layers[node] = incoming[node].Select(from => layers[from] + 1).DefaultIfEmpty(0).Max();
        }

        for (int node = nodes - 1; node >= 0; node--)
        {
            if (!incoming[node].Any() && outgoing[node].Any())
            {
                layers[node] = outgoing[node].Min(to => layers[to]) - 1;
            }
        }

        return layers;
    }
}
