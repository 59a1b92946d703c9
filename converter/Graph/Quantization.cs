namespace EdgeQuant.Converter.Graph;

/// <summary>Affine quantization: real value = scale x (integer - zero point), for the whole tensor or for each slice along an axis.</summary>
/// <param name="Scales">One scale, or one for each slice; each above 0.</param>
/// <param name="ZeroPoints">As many as scales; 0 where quantization is symmetric.</param>
/// <param name="Axis">The axis that the slices lie along; meaningless with one scale.</param>
internal sealed record Quantization(float[] Scales, long[] ZeroPoints, int Axis)
{
    /// <summary>True if each slice along <see cref="Axis"/> has its own scale.</summary>
    public bool IsPerChannel => Scales.Length > 1;

    /// <summary>The scale of the tensor, of its first slice if there are several.</summary>
    public float Scale => Scales[0];

    /// <summary>The zero point of the tensor, of its first slice if there are several.</summary>
    public int ZeroPoint => (int)ZeroPoints[0];

    /// <summary>True if all slices have the same zero point.</summary>
    public bool HasOneZeroPoint => Array.TrueForAll(ZeroPoints, point => point == ZeroPoints[0]);

    /// <summary>Makes per-tensor quantization.</summary>
    public static Quantization PerTensor(float scale, int zeroPoint)
    {
        return new Quantization([scale], [zeroPoint], 0);
    }

    /// <summary>True if both have the same scales, zero points and, where it matters, axis.</summary>
    public bool Equals(Quantization? other)
    {
        return other is not null
            && Scales.AsSpan().SequenceEqual(other.Scales)
            && ZeroPoints.AsSpan().SequenceEqual(other.ZeroPoints)
            && (!IsPerChannel || Axis == other.Axis);
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        return HashCode.Combine(Scales.Length, Scale, ZeroPoint);
    }
}
