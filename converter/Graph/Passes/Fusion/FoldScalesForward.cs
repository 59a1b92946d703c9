using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// What is multiplied and added channel by channel in front of convolutions and fully connected layers (a normalization of the network's input,
/// or one before a layer) becomes a part of their weights and biases. What a layer pads its input with would have to change too where something
/// is added: then it stays.
/// </summary>
internal sealed class FoldScalesForward : GraphPass
{
    public override string Name => "fold-scales-forward";

    public override int Run(NetworkGraph graph)
    {
        TensorUses uses = new(graph);
        foreach (Node node in Enumerable.Reverse(graph.Nodes).ToArray())
        {
            if (ChannelConstant.Of(node) is not { Activation: Activation.None } constant || !uses.IsInside(node.Output()))
            {
                continue;
            }

            Node[] readers = [.. uses.Readers(node.Output())];
            LayerWeights?[] layers = [.. readers.Select(LayerWeights.Of)];
            if (readers.Length > 0 && Array.TrueForAll(layers, layer => layer is not null && Takes(layer.Node, node.Output(), constant)))
            {
                foreach (LayerWeights? layer in layers)
                {
                    Tensor?[] inputs = layer!.OfScaledInput(constant.Factors, constant.Addends);
                    uses.SetInputs(layer.Node, [constant.Data, .. inputs.Skip(1)]);
                }

                uses.Remove(node);
            }
        }

        return uses.Finish();
    }

    private static bool Takes(Node layer, Tensor data, ChannelConstant constant)
    {
        return layer.Input(0) == data
            && layer.Operation switch
            {
                Convolution2D convolution => constant.OnlyScales || !Pads(convolution.Window),
                DepthwiseConvolution2D convolution => constant.OnlyScales || !Pads(convolution.Window),
                FullyConnected => layer.Input(1).Shape[1] == constant.Factors.Length,

                // Pixels at the border get fewer of the filter's taps than others.
                TransposedConvolution2D => constant.OnlyScales,
                _ => false,
            };
    }

    private static bool Pads(WindowAttributes window)
    {
        return (window.PaddingTop | window.PaddingBottom | window.PaddingLeft | window.PaddingRight) != 0;
    }
}
