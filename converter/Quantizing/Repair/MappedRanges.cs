using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>What is known of a network's tensors, for a copy of the network.</summary>
/// <param name="ranges">What is known of the original's tensors.</param>
/// <param name="originals">The original of each tensor of the copy.</param>
internal sealed class MappedRanges(ITensorRanges ranges, IReadOnlyDictionary<Tensor, Tensor> originals) : ITensorRanges
{
    /// <inheritdoc/>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        return ranges.RangeOf(originals.GetValueOrDefault(tensor, tensor), calibration, levels, symmetric);
    }
}
