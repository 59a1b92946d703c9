namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>
/// What is multiplied and added channel by channel behind a convolution or fully connected layer (a batch normalization, a bias) becomes a
/// part of its weights and bias, where nothing else reads what the layer gives.
/// </summary>
internal sealed class FoldScalesBackward : GraphPass
{
    public override string Name => "fold-scales-backward";

    public override int Run(NetworkGraph graph)
    {
        TensorUses uses = new(graph);
        foreach (Node node in graph.Nodes)
        {
            if (ChannelConstant.Of(node) is ChannelConstant constant
                && uses.Maker(constant.Data) is Node maker
                && uses.HasOneReader(constant.Data)
                && LayerWeights.Of(maker) is LayerWeights layer
                && FusedActivation.Of(maker.Operation) == Activation.None
                && layer.Outputs == constant.Factors.Length)
            {
                uses.SetInputs(maker, layer.Scaled(constant.Factors, constant.Addends));
                maker.Operation = FusedActivation.With(maker.Operation, constant.Activation);
                uses.Merge(maker, node);
            }
        }

        return uses.Finish();
    }
}
