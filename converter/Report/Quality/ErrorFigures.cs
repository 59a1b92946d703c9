namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a quantized tensor differs by from the float one, over all samples.</summary>
/// <param name="Sqnr">The signal-to-quantization-noise ratio in dB; infinite where nothing differs.</param>
/// <param name="Cosine">The cosine of the angle between both, -1 to 1.</param>
/// <param name="Largest">The largest distance between two elements.</param>
internal sealed record ErrorFigures(double Sqnr, double Cosine, double Largest);
