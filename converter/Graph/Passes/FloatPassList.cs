using EdgeQuant.Converter.Graph.Passes.Decomposition;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using EdgeQuant.Converter.Graph.Passes.Layout;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>The passes that a float network goes through before it is calibrated and quantized, in their order.</summary>
internal static class FloatPassList
{
    public static IReadOnlyList<GraphPass> All { get; } =
    [
        new DequantizeConstants(),
        new FoldConstants(),
        new DropShapeInputs(),
        new RemoveUnusedNodes(),
        new ScaleMovedIntegers(),
        new TranspositionsToEdges(),
        new ShareConversions(),
        new RecognizeFunctions(),
        new SquaresOfDifferences(),
        new QuantizeEarlier(),
        new FuseQuantization(),
        new DivisionsToProducts(),
        new ProductsToLayers(),
        new SumsToPairs(),
        new GlobalPoolsToMeans(),
        new FoldPadding(),
        new FoldScalesBackward(),
        new OrdersIntoLayers(),
        new FoldScalesForward(),
        new FoldScalesBackward(),
        new FuseActivations(),
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
