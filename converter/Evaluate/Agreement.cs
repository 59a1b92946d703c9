namespace EdgeQuant.Converter.Evaluate;

/// <summary>How far the outputs of two networks agree.</summary>
/// <param name="Network">The network that the first one is compared with.</param>
/// <param name="Records">The records that were looked at.</param>
/// <param name="SameTop1">The share of records whose highest score is at the same place, 0 to 1; null where the first output is no row of scores.</param>
/// <param name="AnomalyScores">How far their anomaly scores agree; null where the first output does not reproduce the input.</param>
/// <param name="Outputs">Each output.</param>
internal sealed record Agreement(string Network, int Records, double? SameTop1, ScoreAgreement? AnomalyScores, IReadOnlyList<TensorAgreement> Outputs)
{
    /// <summary>The share of noise in the outputs' power, the mean over all outputs; 0 where nothing differs.</summary>
    public double NoiseShare => Outputs.Average(output => Math.Pow(10, -output.Decibels / 10));

    /// <summary>The same as a signal-to-quantization-noise ratio in dB.</summary>
    public double Decibels => -10 * Math.Log10(NoiseShare);
}
