using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>What the host can compute of constants alone becomes a constant: quantized weights that the source converts at run time, say.</summary>
internal sealed class FoldHostConstants : GraphPass
{
    public override string Name => "fold-host-constants";

    public override int Run(NetworkGraph graph)
    {
        return graph.Nodes.RemoveAll(node =>
        {
            if (HostSteps.Evaluate(node) is not byte[] result)
            {
                return false;
            }

            node.Output().Data = result;
            return true;
        });
    }
}
