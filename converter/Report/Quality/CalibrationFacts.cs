namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What ranges of activations were taken from.</summary>
/// <param name="Method">How they were chosen, in a few words.</param>
/// <param name="Samples">The number of samples.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="Classes">How many samples each class has; empty without labels.</param>
/// <param name="HeldOut">Samples that were kept back to judge repairs.</param>
internal sealed record CalibrationFacts(string Method, int Samples, string Source, IReadOnlyList<ClassCount> Classes, int HeldOut);
