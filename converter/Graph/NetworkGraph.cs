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

    /// <summary>The tensors that the device reads and nothing on it writes: network inputs and what the host makes of them.</summary>
    public IReadOnlyList<Tensor> DeviceInputs()
    {
        HashSet<Tensor> given = [.. Inputs, .. HostBefore.SelectMany(node => node.Outputs)];
        HashSet<Tensor> used = [.. Nodes.SelectMany(node => node.Inputs).OfType<Tensor>().Select(tensor => tensor.Root), .. DeviceOutputs().Select(tensor => tensor.Root)];
        return [.. Inputs.Concat(HostBefore.SelectMany(node => node.Outputs)).Where(tensor => given.Contains(tensor) && used.Contains(tensor))];
    }

    /// <summary>The tensors that the host reads from the device: network outputs and what the host needs to make them.</summary>
    public IReadOnlyList<Tensor> DeviceOutputs()
    {
        HashSet<Tensor> made = [.. HostAfter.SelectMany(node => node.Outputs)];
        return [.. HostAfter.SelectMany(node => node.Inputs).OfType<Tensor>().Concat(Outputs).Where(tensor => !tensor.IsConstant && !made.Contains(tensor)).Distinct()];
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
}
