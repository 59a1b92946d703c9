using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>A float network and what it has become.</summary>
/// <param name="Source">The float network, simplified, untouched.</param>
/// <param name="Graph">
/// The quantized network: integer tensors with scales, its inputs and outputs still real numbers behind Quantize and Dequantize nodes. It goes
/// through the same passes and lowering as a network that was quantized elsewhere; a <see cref="Execute.FloatExecutor"/> of it computes what
/// the device will, but for the device's rounding of products.
/// </param>
/// <param name="Tensors">For each activation of the float network the quantized tensor that holds the same values.</param>
/// <param name="Nodes">For each operator of the float network the quantized one in its place.</param>
/// <param name="Schemes">For each operator of the float network the scheme that the recipe gave it.</param>
internal sealed record QuantizedNetwork(
    NetworkGraph Source,
    NetworkGraph Graph,
    IReadOnlyDictionary<Tensor, Tensor> Tensors,
    IReadOnlyDictionary<Node, Node> Nodes,
    IReadOnlyDictionary<Node, OperatorScheme> Schemes);
