using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// The host reads outputs from the arena: one that is a constant or lies in a state is copied there. Constants of types that the device does
/// not have (floats) stay with the host.
/// </summary>
internal sealed class OutputsInArena : GraphPass
{
    public override string Name => "outputs-in-arena";

    public override int Run(NetworkGraph graph)
    {
        Tensor[] outside = [.. graph.Outputs
            .Concat(graph.HostAfter.SelectMany(node => node.Inputs).OfType<Tensor>().Where(tensor => !tensor.IsConstant))
            .Where(tensor => (tensor.Root.IsConstant && tensor.Type.IsOnDevice()) || tensor.Root.IsState)
            .Distinct()];
        foreach (Tensor tensor in outside)
        {
            Tensor copy = new(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization };
            graph.Nodes.Add(new Node(new Copy(), [tensor], [copy]));
            ReplaceOnHost(graph, tensor, copy);
        }

        return outside.Length;
    }

    private static void ReplaceOnHost(NetworkGraph graph, Tensor tensor, Tensor copy)
    {
        for (int i = 0; i < graph.Outputs.Count; i++)
        {
            if (graph.Outputs[i] == tensor)
            {
                graph.Outputs[i] = copy;
            }
        }

        foreach (Node node in graph.HostAfter)
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i] == tensor)
                {
                    node.Inputs[i] = copy;
                }
            }
        }
    }
}
