namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>Clamps become the activation of the layer or arithmetic before them, where nothing else reads what it gives. For real numbers only.</summary>
internal sealed class FuseActivations : GraphPass
{
    public override string Name => "fuse-activations";

    public override int Run(NetworkGraph graph)
    {
        TensorUses uses = new(graph);
        foreach (Node node in graph.Nodes)
        {
            if (FusedActivation.As(node.Operation) is Activation activation
                && node.Output().Type == DataType.Float32
                && uses.Maker(node.Input(0)) is Node maker
                && uses.HasOneReader(maker.Output())
                && FusedActivation.Of(maker.Operation) == Activation.None
                && maker.Output().Shape.AsSpan().SequenceEqual(node.Output().Shape))
            {
                maker.Operation = FusedActivation.With(maker.Operation, activation);
                uses.Merge(maker, node);
            }
        }

        return uses.Finish();
    }
}
