using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Decomposition;

/// <summary>
/// Channels that are multiplied by constants, or that constants are added to, become a depthwise convolution with a window of one pixel: each
/// channel then has a scale of its own, and the sum is added with 32 bits. Products with one number stay: 8 bits hold it exactly.
/// </summary>
internal sealed class ScalesToLayers : GraphPass
{
    public override string Name => "scales-to-layers";

    public override int Run(NetworkGraph graph)
    {
        int rewritten = 0;
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (ChannelScale.Of(graph.Nodes[i]) is not ChannelScale scale)
            {
                continue;
            }

            Node last = graph.Nodes[i];
            if (Next(graph, last) is Node next && ChannelScale.Of(next) is ChannelScale after && last.Operation is Arithmetic { Activation: Activation.None })
            {
                scale = scale.Then(after);
                graph.Nodes.Remove(last);
                last = next;
            }

            int position = graph.Nodes.IndexOf(last);
            if (scale.Offsets is null && scale.Factors.Distinct().Count() == 1)
            {
                i = Math.Max(i, position);
                continue;
            }

            Node[] layer = [.. Layer(scale, last)];
            graph.Nodes.RemoveAt(position);
            graph.Nodes.InsertRange(position, layer);
            i = position + layer.Length - 1;
            rewritten++;
        }

        return rewritten;
    }

    /// <summary>The one node that reads what a node gives; null if there are others.</summary>
    private static Node? Next(NetworkGraph graph, Node node)
    {
        Node[] readers = [.. graph.Consumers(node.Output())];
        return readers.Length == 1 && !graph.Outputs.Contains(node.Output()) && readers[0].Inputs.Count(input => input == node.Output()) == 1 ? readers[0] : null;
    }

    private static IEnumerable<Node> Layer(ChannelScale scale, Node node)
    {
        Tensor output = node.Output();
        int channels = scale.Factors.Length;
        int[] image = scale.Data.Rank == 4 ? scale.Data.Shape : [1, 1, scale.Data.ElementCount / channels, channels];
        Tensor data = scale.Data;
        Tensor result = output;
        if (scale.Data.Rank != 4)
        {
            data = new Tensor(output.Name + "_pixels", DataType.Float32, image);
            result = new Tensor(output.Name + "_scaled", DataType.Float32, image);
            yield return new Node(new Reshape(), [scale.Data], [data]) { Source = node.Source };
        }

        Tensor filter = RealConstants.Of(output.Name + "_factors", [1, 1, 1, channels], scale.Factors);
        Tensor? bias = scale.Offsets is null ? null : RealConstants.Of(output.Name + "_offsets", [channels], scale.Offsets);
        WindowAttributes pixel = new(1, 1, 1, 1, 0, 0, 0, 0);
        yield return new Node(new DepthwiseConvolution2D(pixel, ((Arithmetic)node.Operation).Activation), [data, filter, bias], [result]) { Source = node.Source };
        if (scale.Data.Rank != 4)
        {
            yield return new Node(new Reshape(), [result], [output]) { Source = node.Source };
        }
    }
}
