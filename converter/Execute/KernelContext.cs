using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>What a kernel is made from: its node, and where the node's tensors lie in a workspace.</summary>
internal sealed class KernelContext(Node node, IReadOnlyDictionary<Tensor, int> slots, IReadOnlyList<float[]?> constants)
{
    public Node Node { get; } = node;

    /// <summary>The position of an input in a workspace.</summary>
    public int Input(int index)
    {
        return slots[Node.Input(index)];
    }

    /// <summary>The position of an input that may be absent; -1 if it is.</summary>
    public int OptionalInput(int index)
    {
        return Node.OptionalInput(index) is Tensor tensor ? slots[tensor] : -1;
    }

    /// <summary>The position of an output in a workspace.</summary>
    public int Output(int index = 0)
    {
        return slots[Node.Output(index)];
    }

    /// <summary>The position of any tensor of the network.</summary>
    public int Slot(Tensor tensor)
    {
        return slots[tensor];
    }

    /// <summary>The values of a constant input; null if it is absent or no constant.</summary>
    public float[]? Constant(int index)
    {
        return Node.OptionalInput(index) is Tensor { IsConstant: true } tensor ? constants[slots[tensor]] : null;
    }
}
