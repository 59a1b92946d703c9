namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>The range that a tensor is quantized for.</summary>
/// <param name="Minimum">The smallest value that is to be kept.</param>
/// <param name="Maximum">The largest value that is to be kept.</param>
internal readonly record struct TensorRange(float Minimum, float Maximum);
