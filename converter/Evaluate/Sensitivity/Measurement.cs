namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>How close a quantized network is to the float one.</summary>
/// <param name="Decibels">The signal-to-quantization-noise ratio of the outputs; infinite where nothing differs.</param>
/// <param name="Points">How well it does its task (<see cref="Evaluation.Points"/>); null where neither labels nor targets are known.</param>
internal readonly record struct Measurement(double Decibels, double? Points)
{
    /// <summary>The share of noise in the outputs' power.</summary>
    public double NoiseShare => Math.Pow(10, -Decibels / 10);
}
