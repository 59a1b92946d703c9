namespace EdgeQuant.Converter.Report.Quality;

/// <summary>How many samples a class has.</summary>
/// <param name="Label">The class's name, or its number.</param>
/// <param name="Samples">The number of samples; 0 for a class that none of them shows.</param>
internal sealed record ClassCount(string Label, int Samples);
