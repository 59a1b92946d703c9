namespace EdgeQuant.Converter.Graph;

/// <summary>Where a tensor's bytes lie: views resolved.</summary>
/// <param name="Root">The tensor that has the memory.</param>
/// <param name="Offset">The byte of it at which the tensor starts.</param>
internal readonly record struct TensorPlace(Tensor Root, long Offset)
{
    public static TensorPlace Of(Tensor tensor)
    {
        long offset = 0;
        Tensor at = tensor;
        for (; at.View is not null; at = at.View.Base)
        {
            offset += at.View.ByteOffset;
        }

        return new TensorPlace(at, offset);
    }
}
