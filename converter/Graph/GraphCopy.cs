namespace EdgeQuant.Converter.Graph;

/// <summary>
/// A network copied node by node, so that it can be rewritten while the original stays as it was. Constants share their bytes, which nobody
/// writes; operations are immutable.
/// </summary>
/// <param name="Graph">The copy.</param>
/// <param name="Tensors">The copy of each tensor of the original.</param>
/// <param name="Nodes">The copy of each node of the original.</param>
internal sealed record GraphCopy(NetworkGraph Graph, IReadOnlyDictionary<Tensor, Tensor> Tensors, IReadOnlyDictionary<Node, Node> Nodes)
{
    /// <summary>Copies a network.</summary>
    public static GraphCopy Of(NetworkGraph original)
    {
        Dictionary<Tensor, Tensor> tensors = [];
        Dictionary<Node, Node> nodes = [];
        NetworkGraph graph = new(original.Name);
        graph.Inputs.AddRange(original.Inputs.Select(Copy));
        graph.HostBefore.AddRange(original.HostBefore.Select(CopyNode));
        graph.Nodes.AddRange(original.Nodes.Select(CopyNode));
        graph.HostAfter.AddRange(original.HostAfter.Select(CopyNode));
        graph.Outputs.AddRange(original.Outputs.Select(Copy));
        graph.Refusals.AddRange(original.Refusals);
        graph.Notes.AddRange(original.Notes);
        return new GraphCopy(graph, tensors, nodes);

        Tensor Copy(Tensor tensor)
        {
            if (tensors.TryGetValue(tensor, out Tensor? known))
            {
                return known;
            }

            Tensor copy = new(tensor.Name, tensor.Type, [.. tensor.Shape])
            {
                SourceIndex = tensor.SourceIndex,
                Quantization = tensor.Quantization,
                Data = tensor.Data,
                Shared = tensor.Shared,
                InitialState = tensor.InitialState,
                Integers = tensor.Integers,
            };
            tensors.Add(tensor, copy);
            copy.View = tensor.View is null ? null : new TensorView(Copy(tensor.View.Base), tensor.View.ByteOffset);
            return copy;
        }

        Node CopyNode(Node node)
        {
            Node copy = new(node.Operation, [.. node.Inputs.Select(input => input is null ? null : Copy(input))], [.. node.Outputs.Select(Copy)]) { Source = node.Source };
            nodes.Add(node, copy);
            return copy;
        }
    }
}
