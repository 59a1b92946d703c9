using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>What a kernel is made from: its node, and where the node's tensors lie in a workspace.</summary>
internal sealed class KernelContext(Node node, IReadOnlyDictionary<Tensor, int> slots, IReadOnlyList<float[]?> constants)
{
    public Node Node { get; } = node;

    /// <summary>Why there is no kernel; null if nothing has been said.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>The same network with another node, whose tensors are its own.</summary>
    public KernelContext With(Node other)
    {
        return new KernelContext(other, slots, constants);
    }

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

    /// <summary>The values of an input that is the same for every record; null if it is absent or computed from the network's inputs.</summary>
    public float[]? Constant(int index)
    {
        return Node.OptionalInput(index) is Tensor tensor ? constants[slots[tensor]] : null;
    }

    /// <summary>A constant input as whole numbers; null, with the reason said, if it is none.</summary>
    /// <param name="index">The input.</param>
    /// <param name="what">What it is, for the reason.</param>
    public int[]? WholeNumbers(int index, string what)
    {
        if (Constant(index) is float[] values)
        {
            return Array.ConvertAll(values, value => (int)value);
        }

        Refuse($"Its {what} must be constant.", "Give the converter that made the file fixed shapes, so that they become constants.");
        return null;
    }

    /// <summary>Says why there is no kernel.</summary>
    /// <returns>Null, for the caller to return.</returns>
    public FloatKernel? Refuse(string reason, string help)
    {
        Refusal = Refusal.Of(Node, reason, help);
        return null;
    }
}
