namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>What the kernels of all x86 processors share: how accumulators become outputs.</summary>
internal abstract class X86Kernels : PackingKernels
{
    protected sealed override Requantizer Requantizer(ReadOnlySpan<sbyte> weights, int channelStride, int weightStride, RowParameters parameters)
    {
        BoundedScales? scales = BoundedScales.TryCreate(parameters, ProductBounds.Of(weights, channelStride, weightStride, parameters));
        return scales is null ? UnboundedRequantizer(parameters) : BoundedRequantizer(scales);
    }

    /// <summary>What finishes accumulators of known range.</summary>
    protected abstract Requantizer BoundedRequantizer(BoundedScales scales);

    /// <summary>What finishes accumulators of any range.</summary>
    protected abstract Requantizer UnboundedRequantizer(RowParameters parameters);
}
