using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph;

/// <summary>A network: nodes in the order in which they are executed, and the tensors between them.</summary>
internal sealed class NetworkGraph(string name)
{
    public string Name { get; } = name;

    /// <summary>What the host gives, as the source declared it.</summary>
    public List<Tensor> Inputs { get; } = [];

    /// <summary>What the host gets, as the source declared it.</summary>
    public List<Tensor> Outputs { get; } = [];

    /// <summary>What the device executes.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>What the host executes before the device, on its way from <see cref="Inputs"/> to the device's inputs.</summary>
    public List<Node> HostBefore { get; } = [];

    /// <summary>What the host executes after the device, on its way to <see cref="Outputs"/>.</summary>
    public List<Node> HostAfter { get; } = [];

    /// <summary>What has been found so far that stands in the way of converting the network.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>What an import decided that a person may want to know; none of it stands in the way of converting the network.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Refuses a node, which stays in the graph without its operation.</summary>
    public void Refuse(Node node, IEnumerable<Refusal> reasons)
    {
        Refusals.AddRange(reasons);
        node.Operation = new Unsupported();
    }

    /// <summary>
    /// The tensors that the host writes for the device: network inputs and what the host makes of them, as far as the device reads them or
    /// gives them back; in the order of the network inputs.
    /// </summary>
    public IReadOnlyList<Tensor> DeviceInputs()
    {
        HashSet<Tensor> used = [.. Nodes.SelectMany(node => node.Inputs).OfType<Tensor>().Concat(DeviceOutputs()).Select(tensor => tensor.Root)];
        Dictionary<Tensor, int> order = [];
        Rank(order, Inputs);
        foreach (Node node in HostBefore)
        {
            int first = node.Inputs.OfType<Tensor>().Select(input => order.GetValueOrDefault(input, int.MaxValue)).Append(int.MaxValue).Min();
            Rank(order, node.Outputs, first);
        }

        return [.. HostGiven().Where(used.Contains).OrderBy(tensor => order[tensor])];
    }

    /// <summary>
    /// The tensors that the host reads from the device: network outputs and what the host makes them of, in the order of the network outputs.
    /// Integers that the host had before are among them (the device gives them back, so that it works alone too); other types and constants
    /// never pass the device.
    /// </summary>
    public IReadOnlyList<Tensor> DeviceOutputs()
    {
        HashSet<Tensor> elsewhere = [.. HostAfter.SelectMany(node => node.Outputs), .. HostGiven().Where(tensor => !tensor.Type.IsOnDevice())];
        Dictionary<Tensor, int> order = [];
        Rank(order, Outputs);
        foreach (Node node in Enumerable.Reverse(HostAfter))
        {
            int first = node.Outputs.Select(output => order.GetValueOrDefault(output, int.MaxValue)).Append(int.MaxValue).Min();
            Rank(order, node.Inputs.OfType<Tensor>(), first);
        }

        return
        [
            .. HostAfter.SelectMany(node => node.Inputs).OfType<Tensor>()
                .Concat(Outputs)
                .Where(tensor => !tensor.IsConstant && !elsewhere.Contains(tensor))
                .Distinct()
                .OrderBy(tensor => order[tensor]),
        ];
    }

    /// <summary>The node that writes a tensor on the device; null for inputs, constants and states.</summary>
    public Node? Producer(Tensor tensor)
    {
        return Nodes.Find(node => Array.IndexOf(node.Outputs, tensor) >= 0);
    }

    /// <summary>The nodes of the device that read a tensor.</summary>
    public IEnumerable<Node> Consumers(Tensor tensor)
    {
        return Nodes.Where(node => Array.IndexOf(node.Inputs, tensor) >= 0);
    }

    /// <summary>Lets every reader of one tensor read another instead, network outputs included.</summary>
    public void ReplaceUses(Tensor tensor, Tensor by)
    {
        foreach (Node node in Nodes.Concat(HostAfter))
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i] == tensor)
                {
                    node.Inputs[i] = by;
                }
            }
        }

        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i] == tensor)
            {
                Outputs[i] = by;
            }
        }
    }

    /// <summary>What the host has before the device runs.</summary>
    private IEnumerable<Tensor> HostGiven()
    {
        return Inputs.Concat(HostBefore.SelectMany(node => node.Outputs));
    }

    private static void Rank(Dictionary<Tensor, int> order, IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            order.TryAdd(tensor, order.Count);
        }
    }

    private static void Rank(Dictionary<Tensor, int> order, IEnumerable<Tensor> tensors, int rank)
    {
        foreach (Tensor tensor in tensors)
        {
            order[tensor] = Math.Min(rank, order.GetValueOrDefault(tensor, int.MaxValue));
        }
    }
}
