using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Imports L2_NORMALIZATION.</summary>
internal static class L2NormalizationImport
{
    public static Operation? Import(ImportContext context)
    {
        TfliteActivation activation = context.Options<L2NormOptions>().Activation;
        return activation == TfliteActivation.None
            ? new L2Normalization()
            : context.Refuse($"It has the fused activation {activation}; supported is none.", "Apply the activation as an operator of its own.");
    }
}
