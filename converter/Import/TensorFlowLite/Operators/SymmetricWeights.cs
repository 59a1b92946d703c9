using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>The reference takes signed weights as symmetric where it does not read their zero points; files carry leftovers there.</summary>
internal static class SymmetricWeights
{
    /// <summary>Takes the zero points from signed weights, whatever the file gives them.</summary>
    public static void Of(Tensor weights)
    {
        if (weights is { Type: DataType.Int8 or DataType.Int4, Quantization: Quantization given })
        {
            weights.Quantization = given with { ZeroPoints = new long[given.ZeroPoints.Length] };
        }
    }
}
