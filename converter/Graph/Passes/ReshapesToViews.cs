using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>A reshape moves nothing: its output becomes a view of its input.</summary>
internal sealed class ReshapesToViews : GraphPass
{
    public override string Name => "reshapes-to-views";

    public override int Run(NetworkGraph graph)
    {
        return graph.Nodes.RemoveAll(node =>
        {
            if (node.Operation is not Reshape || node.Input(0).IsConstant)
            {
                return false;
            }

            node.Output().View = new TensorView(node.Input(0), 0);
            return true;
        });
    }
}
