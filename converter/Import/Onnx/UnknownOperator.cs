using EdgeQuant.Converter.Import.Onnx.Protocol;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Says why an operator that is not in the table of supported ones is refused, and what helps for its kind.</summary>
internal static class UnknownOperator
{
    public static RefusedOperatorException Of(NodeProto node)
    {
        if (OnnxModel.DomainOf(node.Domain).Length > 0)
        {
            return ImportContext.Refused(
                $"It is an operator of the domain '{Shapes.Short(node.Domain)}', which is not among ONNX's own and is not supported.",
                "Export the network with ONNX's own operators, or let the application do its work.");
        }

        return node.OpType switch
        {
            "If" or "Loop" or "Scan" or "SequenceMap" => ImportContext.Refused(
                "It is control flow: what is executed would depend on values.", "Unroll the loop, or make the condition a constant, in the source network."),
            "NonMaxSuppression" or "TopK" or "NonZero" or "Unique" or "Compress" => ImportContext.Refused(
                "How much it gives, or in which order, depends on values.", "Cut the network before it, and let the application do its work."),
            "RandomNormal" or "RandomNormalLike" or "RandomUniform" or "RandomUniformLike" or "Multinomial" or "Bernoulli" => ImportContext.Refused(
                "It draws random numbers.", "Make them an input of the network, or export it for inference."),
            "LpPool" or "GlobalLpPool" => ImportContext.Refused("The operator is not supported.", "Replace it by another normalization or pool and train again."),
            _ => ImportContext.Refused("The operator is not supported.", "Replace it in the source network."),
        };
    }
}
