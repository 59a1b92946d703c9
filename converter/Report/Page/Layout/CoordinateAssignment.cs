namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>
/// Places the vertices of ordered layers from left to right: sweeps that move each layer as close as possible (least squares) to the mean of
/// each vertex's neighbours in the layer before, weighed by the pull of the links, while vertices keep their order and distance.
/// </summary>
internal static class CoordinateAssignment
{
    private const int Sweeps = 24;

    /// <summary>How much a vertex without neighbours on one side keeps its place.</summary>
    private const double Rest = 1;

    public static void Run(Vertex[][] layers, double gap)
    {
        foreach (Vertex[] layer in layers)
        {
            double[] offsets = Offsets(layer, gap);
            for (int i = 0; i < layer.Length; i++)
            {
                layer[i].X = offsets[i] - (offsets[^1] / 2);
            }
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            for (int i = 1; i < layers.Length; i++)
            {
                Place(layers[down ? i : layers.Length - 1 - i], above: down, gap);
            }
        }
    }

    /// <summary>Where each vertex's middle is when all stand as close together as they may.</summary>
    private static double[] Offsets(Vertex[] layer, double gap)
    {
        double[] offsets = new double[layer.Length];
        for (int i = 1; i < layer.Length; i++)
        {
            offsets[i] = offsets[i - 1] + (layer[i - 1].Width / 2) + gap + (layer[i].Width / 2);
        }

        return offsets;
    }

    private static void Place(Vertex[] layer, bool above, double gap)
    {
        double[] offsets = Offsets(layer, gap);
        Stack<Block> blocks = new();
        for (int i = 0; i < layer.Length; i++)
        {
            (double wanted, double weight) = Wanted(layer[i], above);
            Block block = new(weight * (wanted - offsets[i]), weight, 1);
            while (blocks.TryPeek(out Block before) && before.Place > block.Place)
            {
                blocks.Pop();
                block = new Block(before.Sum + block.Sum, before.Weight + block.Weight, before.Vertices + block.Vertices);
            }

            blocks.Push(block);
        }

        int at = 0;
        foreach (Block block in blocks.Reverse())
        {
            for (int i = 0; i < block.Vertices; i++, at++)
            {
                layer[at].X = block.Place + offsets[at];
            }
        }
    }

    private static (double Place, double Weight) Wanted(Vertex vertex, bool above)
    {
        double sum = 0;
        double weight = 0;
        foreach (Link link in vertex.Links(above))
        {
            sum += link.Pull * link.Other.X;
            weight += link.Pull;
        }

        return weight > 0 ? (sum / weight, weight) : (vertex.X, Rest);
    }

    /// <summary>Vertices that touch: they move as one (pool adjacent violators).</summary>
    private readonly record struct Block(double Sum, double Weight, int Vertices)
    {
        public double Place => Sum / Weight;
    }
}
