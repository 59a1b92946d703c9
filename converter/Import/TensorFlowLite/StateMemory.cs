using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>What states start with. Bounded, because a file may declare any number of states of any size.</summary>
internal sealed class StateMemory
{
    /// <summary>The most bytes that all states of a network may take: 64 MiB.</summary>
    public const long Limit = 64 << 20;

    private long _taken;

    /// <summary>Makes a tensor a state that starts with the same byte everywhere.</summary>
    /// <returns>False, and the tensor stays as it is, if its size is unknown or exceeds what is left of <see cref="Limit"/>.</returns>
    public bool TryStart(Tensor tensor, sbyte fill)
    {
        long bytes = Array.TrueForAll(tensor.Shape, size => size >= 0) ? (long)tensor.ElementCount * tensor.Type.Bytes() : 0;
        if (bytes == 0 || !TryTake(bytes))
        {
            return false;
        }

        tensor.InitialState = new byte[bytes];
        tensor.InitialState.AsSpan().Fill((byte)fill);
        return true;
    }

    /// <summary>Makes a tensor a state that starts as a constant.</summary>
    /// <returns>False, and the tensor stays as it is, if its size differs from the constant's or exceeds what is left of <see cref="Limit"/>.</returns>
    public bool TryStart(Tensor tensor, ReadOnlyMemory<byte> data)
    {
        if (data.Length != (long)tensor.ElementCount * tensor.Type.Bytes() || !TryTake(data.Length))
        {
            return false;
        }

        tensor.InitialState = data.ToArray();
        return true;
    }

    private bool TryTake(long bytes)
    {
        if (bytes > Limit - _taken)
        {
            return false;
        }

        _taken += bytes;
        return true;
    }
}
