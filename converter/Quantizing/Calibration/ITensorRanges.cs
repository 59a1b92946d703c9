using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What is known of the values that a float network's tensors take.</summary>
internal interface ITensorRanges
{
    /// <summary>The range to quantize an activation for.</summary>
    /// <param name="tensor">A tensor of the float network that is no constant.</param>
    /// <param name="calibration">How the range is chosen.</param>
    /// <param name="levels">How many values the quantized tensor can take, 256 say.</param>
    /// <param name="symmetric">True if the quantized range will be as wide below 0 as above.</param>
    TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric);

    /// <summary>Told which ranges have been used, of those that were asked for.</summary>
    /// <param name="used">The tensors whose ranges have been used; some of them may not have been asked for.</param>
    void Keep(IReadOnlySet<Tensor> used)
    {
    }
}
