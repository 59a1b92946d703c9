using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Activations;

namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>Quantizes inputs of a node that are no activations: weights, biases, states of its own.</summary>
internal abstract class ParameterQuantizer
{
    /// <summary>True for inputs that it quantizes; all others are activations, or constants that are quantized like activations.</summary>
    public abstract bool Handles(Node node, int input);

    /// <summary>Quantizes them, when the activations of the node are quantized.</summary>
    /// <param name="context">Where schemes and float tensors are found, and refusals collected.</param>
    /// <param name="ranges">The ranges of activations and states.</param>
    /// <param name="node">The node, whose other inputs and outputs have the form in which it computes.</param>
    public abstract void Run(QuantizationContext context, TensorRanges ranges, Node node);
}
