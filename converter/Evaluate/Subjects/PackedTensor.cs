using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>A tensor in the arena of a packed network.</summary>
/// <param name="Operator">The position of the operator that writes it.</param>
/// <param name="Kind">What that operator computes.</param>
/// <param name="Offset">The byte at which it starts.</param>
/// <param name="Tensor">What its bytes mean.</param>
/// <param name="Scale">Where its scale stands if it is found while the network runs; null if the tensor says it.</param>
internal sealed record PackedTensor(int Operator, string Kind, int Offset, HostTensor Tensor, PackedScale? Scale);
