using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Dynamic;

/// <summary>A value whose scale is found while the network runs.</summary>
/// <param name="Data">8-bit integers, without quantization.</param>
/// <param name="Scale">What they mean: int32 [3], <see cref="Host.DynamicScale"/>.</param>
internal sealed record DynamicTensor(Tensor Data, Tensor Scale);
