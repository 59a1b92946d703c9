using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>What is known of a network's tensors, for a copy of the network.</summary>
internal static class MappedStatistics
{
    /// <param name="statistics">What is known of the original's tensors.</param>
    /// <param name="copies">The copy of each tensor of the original.</param>
    public static CalibrationStatistics Of(CalibrationStatistics statistics, IReadOnlyDictionary<Tensor, Tensor> copies)
    {
        return new CalibrationStatistics(statistics.Records, statistics.Tensors.ToDictionary(pair => copies.GetValueOrDefault(pair.Key, pair.Key), pair => pair.Value));
    }
}
