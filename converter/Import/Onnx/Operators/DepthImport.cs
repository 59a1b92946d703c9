using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Channels that become blocks of pixels, and back.</summary>
internal static class DepthImport
{
    public static void DepthToSpace(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        int block = Block(context, data);
        string mode = context.Attributes.Text("mode", "DCR");
        int channels = data.Rank == 4 ? data.Shape[1] / (block * block) : 0;
        ImportContext.Require(channels >= 1 && data.Shape[1] % (block * block) == 0, $"The channels of {data} are no blocks of {block} x {block}.");
        ImportContext.Require(mode is "DCR" or "CRD", $"Its mode is '{Shapes.Short(mode)}'; there are DCR and CRD.");
        if (mode == "CRD" && channels > 1)
        {
            // Blocks come before channels in the graph's operation.
            long[] order = [.. Enumerable.Range(0, data.Shape[1]).Select(i => ((long)i % channels * block * block) + (i / channels))];
            data = graph.Add(new Gather(1, 0), data.Shape, data, graph.Integers(order));
        }

        Tensor images = graph.ChannelsLast(data);
        int[] shape = [data.Shape[0], data.Shape[2] * block, data.Shape[3] * block, channels];
        context.Give(graph.ChannelsFirst(graph.Add(new DepthToSpace(block), shape, images)));
    }

    public static void SpaceToDepth(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        int block = Block(context, data);
        ImportContext.Require(data.Rank == 4 && data.Shape[2] % block == 0 && data.Shape[3] % block == 0, $"The pixels of {data} are no blocks of {block} x {block}.");
        int[] shape = [data.Shape[0], data.Shape[2] / block, data.Shape[3] / block, data.Shape[1] * block * block];
        context.Give(graph.ChannelsFirst(graph.Add(new SpaceToDepth(block), shape, graph.ChannelsLast(data))));
    }

    private static int Block(ImportContext context, Tensor data)
    {
        long block = context.Attributes.Int("blocksize", 0);
        ImportContext.Require(data.Rank == 4 && block is >= 1 and <= short.MaxValue, $"Its blocksize is {block}, its data {data}.");
        return (int)block;
    }
}
