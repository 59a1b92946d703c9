using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Ranges that are known beforehand, and others for the rest.</summary>
/// <param name="known">The ranges that are known.</param>
/// <param name="others">The ranges of all other tensors.</param>
internal sealed class KnownRanges(IReadOnlyDictionary<Tensor, TensorRange> known, ITensorRanges others) : ITensorRanges
{
    /// <summary>The ranges of all other tensors.</summary>
    public ITensorRanges Others { get; } = others;

    /// <inheritdoc/>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        return known.TryGetValue(tensor, out TensorRange range) ? range : Others.RangeOf(tensor, calibration, levels, symmetric);
    }

    /// <inheritdoc/>
    public void Keep(IReadOnlySet<Tensor> used)
    {
        Others.Keep(used);
    }
}
