using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute;

/// <summary>
/// The values of all tensors for one record: every tensor has memory of its own, so that any of them can be looked at after a run. One thread
/// at a time.
/// </summary>
internal sealed class FloatWorkspace
{
    private readonly IReadOnlyDictionary<Tensor, int> _slots;
    private readonly float[][] _values;
    private float[] _scratch = [];

    /// <param name="slots">The position of each tensor.</param>
    /// <param name="values">The memory of each tensor by position; constants are shared between workspaces.</param>
    internal FloatWorkspace(IReadOnlyDictionary<Tensor, int> slots, float[][] values)
    {
        _slots = slots;
        _values = values;
    }

    /// <summary>The values of a tensor, row-major. Integers with quantization stand as the real numbers that they mean, all others as numbers.</summary>
    /// <exception cref="KeyNotFoundException">The network has no such tensor.</exception>
    public Span<float> this[Tensor tensor] => _values[_slots[tensor]];

    /// <summary>The memory of the tensor at a position; for kernels.</summary>
    internal float[] this[int slot] => _values[slot];

    /// <summary>Memory that a kernel may use until it returns; what it holds is left from others.</summary>
    internal Span<float> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new float[length];
        }

        return _scratch.AsSpan(0, length);
    }
}
