namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>What the kernels of all x86 processors share: how accumulators become outputs.</summary>
internal abstract class X86Kernels : VectorKernels
{
    protected sealed override Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        BoundedMultipliers? multipliers = BoundedMultipliers.TryCreate(parameters, ProductBounds.Of(weights, channelStride, weightStride, parameters));
        return multipliers is null ? UnboundedRequantizer(parameters) : RectifiedRequantizer(multipliers) ?? BoundedRequantizer(new BoundedScales(multipliers));
    }

    /// <summary>What finishes accumulators of known range where the clamp cuts everything below the zero point; null if there is nothing better than <see cref="BoundedRequantizer"/>.</summary>
    protected virtual Requantizer? RectifiedRequantizer(BoundedMultipliers multipliers)
    {
        return null;
    }

    /// <summary>What finishes accumulators of known range.</summary>
    protected abstract Requantizer BoundedRequantizer(BoundedScales scales);

    /// <summary>What finishes accumulators of any range.</summary>
    protected abstract Requantizer UnboundedRequantizer(RowParameters parameters);
}
