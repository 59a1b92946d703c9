using System.Collections.Immutable;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// How a tensor's integers stand for real numbers: <c>real = scale * (integer - zero point)</c>, one pair for the tensor or one for each
/// index along <see cref="Dimension"/>. Counts and values are the file's own; the importer checks them where they matter, because files
/// carry meaningless leftovers on tensors that nothing quantized reads.
/// </summary>
/// <param name="Scales">As many as the file says; may be empty, negative, infinite or not a number.</param>
/// <param name="ZeroPoints">As many as the file says; not always as many as <paramref name="Scales"/>.</param>
/// <param name="Dimension">The axis of per-channel scales; may lie outside of the shape.</param>
/// <param name="HasDetails">The file describes the quantization by another scheme (custom or block-wise), which replaces all of the above.</param>
internal sealed record TfliteQuantization(ImmutableArray<float> Scales, ImmutableArray<long> ZeroPoints, int Dimension, bool HasDetails);
