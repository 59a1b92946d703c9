using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Lower;

/// <summary>What every operator that computes with the scales of its tensors asks of them.</summary>
internal static class QuantizedOperands
{
    /// <summary>Checks that tensors have a scale above 0 each, and a zero point within their type's range.</summary>
    /// <returns>False, after saying why, if one has not.</returns>
    public static bool Check(LoweringContext context, params Tensor[] tensors)
    {
        if (Array.Exists(tensors, tensor => tensor.Quantization is null))
        {
            context.Refuse("A tensor carries no quantization parameters.", "Convert the network again with full integer quantization.");
            return false;
        }

        if (Array.Exists(tensors, tensor => tensor.Quantization!.IsPerChannel))
        {
            context.Refuse("A tensor is quantized per channel; this operator needs one scale for each tensor.", "Quantize activations and their constants per tensor.");
            return false;
        }

        if (Array.Exists(tensors, tensor => !HoldsZeroPoint(tensor) || !(tensor.Quantization!.Scale > 0) || float.IsInfinity(tensor.Quantization.Scale)))
        {
            context.Refuse("A scale is not above 0, or a zero point lies outside its tensor's type.", "Convert the network again with full integer quantization.");
            return false;
        }

        return true;
    }

    private static bool HoldsZeroPoint(Tensor tensor)
    {
        OutputRange range = OutputRange.Of(tensor, Activation.None);
        return tensor.Quantization!.ZeroPoint >= range.Minimum && tensor.Quantization.ZeroPoint <= range.Maximum;
    }
}
