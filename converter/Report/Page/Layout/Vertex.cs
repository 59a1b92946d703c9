namespace EdgeQuant.Converter.Report.Page.Layout;

/// <summary>What takes a place in a layer: a node, or a bend of an edge that passes through.</summary>
internal sealed class Vertex(int layer, double width, bool isBend)
{
    public int Layer { get; } = layer;

    public double Width { get; } = width;

    public bool IsBend { get; } = isBend;

    /// <summary>Its place in the layer, from the left.</summary>
    public int Position { get; set; }

    /// <summary>Where its middle is.</summary>
    public double X { get; set; }

    /// <summary>What it is joined to in the layer above.</summary>
    public List<Link> Above { get; } = [];

    /// <summary>What it is joined to in the layer below.</summary>
    public List<Link> Below { get; } = [];

    /// <summary>What it is joined to on one side.</summary>
    public List<Link> Links(bool above) => above ? Above : Below;
}
