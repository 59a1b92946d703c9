namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>
/// A drawing of a graph without cycles, in layers from top to bottom (Sugiyama, Tagawa, Toda 1981): layers, bends where edges pass through
/// them, an order with few crossings, places.
/// </summary>
internal sealed class LayeredLayout
{
    private const double BendWidth = 16;
    private const double Gap = 28;
    private const double LayerGap = 40;

    /// <summary>How much pieces of edges want to be straight: those of long chains most, then those that pass through layers.</summary>
    private const double Straight = 1000;
    private const double BendToBend = 16;
    private const double NodeToNode = 4;
    private const double NodeToBend = 1;

    /// <summary>Edges get no bends beyond so many: a graph with that many is past reading, and would take long.</summary>
    private const int MostBends = 20_000;

    private readonly IReadOnlyList<LayoutNode> _nodes;
    private readonly IReadOnlyList<LayoutEdge> _edges;
    private readonly int[] _layerOf;
    private readonly Spine _spine;
    private readonly Vertex[] _vertices;
    private readonly List<Vertex>[] _routes;
    private readonly double[] _middles;
    private readonly double[] _heights;
    private readonly double _left;

    private LayeredLayout(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        _nodes = nodes;
        _edges = edges;
        _layerOf = LayerAssignment.Run(nodes.Count, edges);
        _spine = Spine.Of(nodes.Count, edges);
        _vertices = [.. nodes.Select((node, i) => new Vertex(_layerOf[i], node.Width, isBend: false))];
        _routes = [.. edges.Select(_ => new List<Vertex>())];
        Vertex[][] layers = Layers();
        CrossingReduction.Run(layers);
        CoordinateAssignment.Run(layers, Gap);
        _heights = new double[layers.Length];
        for (int i = 0; i < nodes.Count; i++)
        {
            _heights[_layerOf[i]] = Math.Max(_heights[_layerOf[i]], nodes[i].Height);
        }

        _middles = new double[layers.Length];
        double y = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            _middles[i] = y + (_heights[i] / 2);
            y += _heights[i] + LayerGap;
        }

        IEnumerable<Vertex> all = layers.SelectMany(layer => layer);
        _left = all.Select(vertex => vertex.X - (vertex.Width / 2)).DefaultIfEmpty(0).Min();
        Width = all.Select(vertex => vertex.X + (vertex.Width / 2)).DefaultIfEmpty(0).Max() - _left;
        Height = Math.Max(0, y - LayerGap);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Places the nodes.</summary>
    /// <param name="nodes">Their sizes.</param>
    /// <param name="edges">Edges between them.</param>
    public static LayeredLayout Of(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        return new LayeredLayout(nodes, edges);
    }

    /// <summary>The layer of a node, from the top.</summary>
    public int LayerOf(int node)
    {
        return _layerOf[node];
    }

    /// <summary>The middle of a node.</summary>
    public LayoutPoint PlaceOf(int node)
    {
        return new LayoutPoint(_vertices[node].X - _left, _middles[_layerOf[node]]);
    }

    /// <summary>The points that an edge goes through, from the lower border of its first node to the upper border of its last; straight down between pairs of equal x.</summary>
    public IReadOnlyList<LayoutPoint> RouteOf(int edge)
    {
        (int from, int to) = (_edges[edge].From, _edges[edge].To);
        LayoutPoint start = PlaceOf(from);
        LayoutPoint end = PlaceOf(to);
        List<LayoutPoint> points = [start with { Y = start.Y + (_nodes[from].Height / 2) }];
        foreach (Vertex bend in _routes[edge])
        {
            double half = _heights[bend.Layer] / 2;
            points.Add(new LayoutPoint(bend.X - _left, _middles[bend.Layer] - half));
            points.Add(new LayoutPoint(bend.X - _left, _middles[bend.Layer] + half));
        }

        points.Add(end with { Y = end.Y - (_nodes[to].Height / 2) });
        return points;
    }

    private Vertex[][] Layers()
    {
        List<Vertex>[] layers = [.. Enumerable.Range(0, _layerOf.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<Vertex>())];
        foreach (Vertex vertex in _vertices)
        {
            Add(layers, vertex);
        }

        long bends = _edges.Sum(edge => (long)Math.Max(0, _layerOf[edge.To] - _layerOf[edge.From] - 1));
        for (int i = 0; i < _edges.Count; i++)
        {
            if (bends <= MostBends || _layerOf[_edges[i].To] == _layerOf[_edges[i].From] + 1)
            {
                Join(layers, _edges[i], _routes[i]);
            }
        }

        return [.. layers.Select(layer => layer.ToArray())];
    }

    private void Join(List<Vertex>[] layers, LayoutEdge edge, List<Vertex> route)
    {
        Vertex last = _vertices[edge.From];
        for (int layer = last.Layer + 1; layer < _layerOf[edge.To]; layer++)
        {
            Vertex bend = new(layer, BendWidth, isBend: true);
            Add(layers, bend);
            route.Add(bend);
            Connect(last, bend, last.IsBend ? BendToBend : NodeToBend);
            last = bend;
        }

        Connect(last, _vertices[edge.To], last.IsBend ? NodeToBend : _spine.Has(edge) ? Straight : NodeToNode);
    }

    private static void Add(List<Vertex>[] layers, Vertex vertex)
    {
        vertex.Position = layers[vertex.Layer].Count;
        layers[vertex.Layer].Add(vertex);
    }

    private static void Connect(Vertex above, Vertex below, double pull)
    {
        above.Below.Add(new Link(below, pull));
        below.Above.Add(new Link(above, pull));
    }
}
