namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>The passes, in the order in which they run.</summary>
internal static class PassList
{
    public static IReadOnlyList<GraphPass> All { get; } =
    [
        new UnsignedToSigned(),
        new WordsToIntegers(),
        new FoldConstants(),
        new DropShapeInputs(),
        new RemoveUnusedNodes(),
        new EdgesToHost(),
        new FoldPadding(),
        new IdentitiesToViews(),
        new MovementsToViews(),
        new JoinsToViews(),
        new StateWrites(),
        new OutputsInArena(),
    ];

    /// <summary>Runs every pass once.</summary>
    /// <param name="graph">The graph, rewritten in place.</param>
    /// <param name="after">Called after each pass with the number of places that it rewrote.</param>
    public static void Run(NetworkGraph graph, Action<GraphPass, int>? after = null)
    {
        foreach (GraphPass pass in All)
        {
            int rewritten = pass.Run(graph);
            after?.Invoke(pass, rewritten);
        }
    }
}
