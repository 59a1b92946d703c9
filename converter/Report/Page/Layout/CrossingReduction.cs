namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>
/// Orders the vertices of each layer so that few edges cross: sweeps down and up that sort a layer by the mean position of each vertex's
/// neighbours in the layer before, the best order of all sweeps is kept (Sugiyama, Tagawa, Toda 1981).
/// </summary>
internal static class CrossingReduction
{
    private const int Sweeps = 12;

    public static void Run(Vertex[][] layers)
    {
        Vertex[][] best = Copy(layers);
        long fewest = Crossings(layers);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            for (int i = 1; i < layers.Length; i++)
            {
                Sort(layers[down ? i : layers.Length - 1 - i], above: down);
            }

            long crossings = Crossings(layers);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = Copy(layers);
            }
        }

        for (int i = 0; i < layers.Length; i++)
        {
            best[i].CopyTo(layers[i], 0);
            Number(layers[i]);
        }
    }

    /// <summary>Tells each vertex its place in the layer.</summary>
    private static void Number(Vertex[] layer)
    {
        for (int i = 0; i < layer.Length; i++)
        {
            layer[i].Position = i;
        }
    }

    private static Vertex[][] Copy(Vertex[][] layers)
    {
        return Array.ConvertAll(layers, layer => (Vertex[])layer.Clone());
    }

    private static void Sort(Vertex[] layer, bool above)
    {
        // Vertices without neighbours on this side keep their place; a stable sort keeps equal ones in their order.
        Vertex[] sorted = [.. layer.OrderBy(vertex => vertex.Links(above) is { Count: > 0 } links ? links.Average(link => link.Other.Position) : vertex.Position)];
        sorted.CopyTo(layer, 0);
        Number(layer);
    }

    private static long Crossings(Vertex[][] layers)
    {
        long crossings = 0;
        foreach (Vertex[] layer in layers)
        {
            int[] ends = [.. layer.SelectMany(vertex => vertex.Below.Select(link => link.Other.Position).Order())];
            crossings += Inversions(ends, new int[ends.Length]);
        }

        return crossings;
    }

    /// <summary>The number of pairs that stand in the wrong order; sorts them.</summary>
    private static long Inversions(Span<int> values, Span<int> space)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        int half = values.Length / 2;
        long inversions = Inversions(values[..half], space[..half]) + Inversions(values[half..], space[half..]);
        int left = 0;
        int right = half;
        for (int i = 0; i < values.Length; i++)
        {
            bool takesLeft = right == values.Length || (left < half && values[left] <= values[right]);
            inversions += takesLeft ? 0 : half - left;
            space[i] = takesLeft ? values[left++] : values[right++];
        }

        space.CopyTo(values);
        return inversions;
    }
}
