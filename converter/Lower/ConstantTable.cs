using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>The constants of a network: equal ones are the same.</summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<int, List<LoweredTensor>> _constants = [];
    private readonly Dictionary<ReadOnlyMemory<byte>, byte[]> _copies = [];

    /// <summary>The bytes of all constants.</summary>
    public long Bytes { get; private set; }

    /// <summary>The bytes of a constant tensor; the same array for tensors that share them.</summary>
    public byte[] BytesOf(Tensor tensor)
    {
        ReadOnlyMemory<byte> data = tensor.Data!.Value;
        if (!_copies.TryGetValue(data, out byte[]? copy))
        {
            copy = data.ToArray();
            _copies.Add(data, copy);
        }

        return copy;
    }

    /// <summary>The constant, or the one that was there before and is equal to it.</summary>
    public LoweredTensor Find(LoweredTensor constant)
    {
        int hash = Hash(constant);
        if (!_constants.TryGetValue(hash, out List<LoweredTensor>? candidates))
        {
            candidates = [];
            _constants.Add(hash, candidates);
        }

        LoweredTensor? same = candidates.Find(other => AreEqual(constant, other));
        if (same is null)
        {
            candidates.Add(constant);
            Bytes += constant.Data!.Length;
        }

        return same ?? constant;
    }

    private static int Hash(LoweredTensor constant)
    {
        // The ends of long constants differ nearly always.
        const int Sample = 256;
        ReadOnlySpan<byte> data = constant.Data;
        HashCode hash = default;
        hash.Add(constant.Type);
        hash.Add(data.Length);
        hash.AddBytes(data[..Math.Min(Sample, data.Length)]);
        hash.AddBytes(data[Math.Max(0, data.Length - Sample)..]);
        return hash.ToHashCode();
    }

    private static bool AreEqual(LoweredTensor a, LoweredTensor b)
    {
        return a.Type == b.Type
            && a.Encoding == b.Encoding
            && a.Shape.AsSpan().SequenceEqual(b.Shape)
            && a.Scale.Equals(b.Scale)
            && a.ZeroPoint == b.ZeroPoint
            && a.Data.AsSpan().SequenceEqual(b.Data);
    }
}
