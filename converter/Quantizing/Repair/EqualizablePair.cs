using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Two products of which the second alone reads what the first makes, with nothing between that a positive factor of a channel does not pass
/// through.
/// </summary>
/// <param name="First">The first product.</param>
/// <param name="Second">The second one.</param>
/// <param name="Channels">The channels between them: the outputs of the first.</param>
/// <param name="Between">The tensors whose channels a factor changes: from the output of the first to what the second reads.</param>
/// <param name="Limited">Operators between them that are limited to 6, which no further sample is likely to reach: without the limit a factor passes.</param>
internal sealed record EqualizablePair(ProductWeights First, ProductWeights Second, int Channels, IReadOnlyList<Tensor> Between, IReadOnlyList<Node> Limited);
