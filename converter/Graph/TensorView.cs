namespace EdgeQuant.Converter.Graph;

/// <summary>A contiguous piece of another tensor.</summary>
/// <param name="Base">The tensor that has the memory; it may be a view itself.</param>
/// <param name="ByteOffset">Where the piece starts in <paramref name="Base"/>.</param>
internal sealed record TensorView(Tensor Base, int ByteOffset);
