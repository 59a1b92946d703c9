using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Fused activations.</summary>
internal static class ActivationImport
{
    /// <summary>The activation, or null after refusing one that is no clamp.</summary>
    public static Activation? Of(ImportContext context, TfliteActivation activation)
    {
        switch (activation)
        {
            case TfliteActivation.None: return Activation.None;
            case TfliteActivation.Relu: return Activation.Relu;
            case TfliteActivation.Relu6: return Activation.Relu6;
            case TfliteActivation.ReluN1To1: return Activation.ReluN1To1;
            default:
                context.Refuse($"The fused activation is {activation}; supported are NONE, RELU, RELU6 and RELU_N1_TO_1.", "Make the activation an operator of its own.");
                return null;
        }
    }
}
