namespace EdgeQuant.Converter.Graph;

/// <summary>One operation applied to tensors.</summary>
internal sealed class Node(Operation operation, Tensor?[] inputs, Tensor[] outputs)
{
    public Operation Operation { get; set; } = operation;

    /// <summary>The inputs by position; null where an optional one is absent.</summary>
    public Tensor?[] Inputs { get; set; } = inputs;

    public Tensor[] Outputs { get; set; } = outputs;

    /// <summary>Where the node came from, for messages: position, operator name and version in the source file.</summary>
    public NodeSource Source { get; init; } = NodeSource.None;

    /// <summary>An input that must be there; importers have checked it.</summary>
    public Tensor Input(int index)
    {
        return Inputs[index] ?? throw new InvalidOperationException($"Input {index} of {Operation.Name} is absent.");
    }

    /// <summary>An input that may be absent.</summary>
    public Tensor? OptionalInput(int index)
    {
        return index < Inputs.Length ? Inputs[index] : null;
    }

    public Tensor Output(int index = 0)
    {
        return Outputs[index];
    }
}
