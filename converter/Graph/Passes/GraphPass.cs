namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>A small rewrite of the graph that leaves what the network computes exactly as it was.</summary>
internal abstract class GraphPass
{
    /// <summary>A short name for reports and dumps, in lower case with hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>Rewrites the graph in place.</summary>
    /// <returns>The number of places that were rewritten.</returns>
    public abstract int Run(NetworkGraph graph);
}
