using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>Integers that a network moves before it says their scale had that scale before, too.</summary>
internal sealed class ScaleMovedIntegers : GraphPass
{
    public override string Name => "scale-moved-integers";

    public override int Run(NetworkGraph graph)
    {
        int scaled = 0;
        foreach (Node node in Enumerable.Reverse(graph.Nodes).Where(node => node.Operation is MovementOperation && node.Outputs is [{ Quantization: not null }]))
        {
            foreach (Tensor source in node.Inputs.OfType<Tensor>().Where(input => input is { IsConstant: false, Quantization: null } && input.Type == node.Output().Type))
            {
                source.Quantization = node.Output().Quantization;
                scaled++;
            }
        }

        return scaled;
    }
}
