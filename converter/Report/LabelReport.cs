namespace EdgeQuant.Converter.Report;

/// <summary>A label.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Threshold">The averaged score that it needs, 0 to 1.</param>
/// <param name="Release">The score down to which it goes on holding.</param>
/// <param name="Quiet">True if it is no event.</param>
internal sealed record LabelReport(string Text, double Threshold, double Release, bool Quiet);
