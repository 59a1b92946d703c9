namespace EdgeQuant.Converter.Report.Quality;

/// <summary>A range of real values, both ends included.</summary>
internal sealed record ValueRange(double Minimum, double Maximum);
