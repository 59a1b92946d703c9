using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>
/// The average of whole images becomes a mean over height and width, whose result has a scale of its own on the device: a pool's result has
/// that of the images, and uses a small part of it.
/// </summary>
internal sealed class GlobalPoolsToMeans : GraphPass
{
    private const int Height = 1;
    private const int Width = 2;

    public override string Name => "global-pools-to-means";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        foreach (Node node in graph.Nodes.Where(IsGlobal))
        {
            node.Operation = new Reduce(ReduceFunction.Mean, KeepDimensions: true);
            node.Inputs = [node.Input(0), RealConstants.Integers(node.Output().Name + "_axes", Height, Width)];
            rewritten++;
        }

        return rewritten;
    }

    private static bool IsGlobal(Node node)
    {
        return node.Operation is Pool2D { Kind: PoolKind.Average, Activation: Activation.None, Window: { PaddingTop: 0, PaddingLeft: 0, PaddingBottom: 0, PaddingRight: 0 } } pool
            && node.Output().Type == DataType.Float32
            && pool.KernelHeight == node.Input(0).Shape[Height]
            && pool.KernelWidth == node.Input(0).Shape[Width];
    }
}
