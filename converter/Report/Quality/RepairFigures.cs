namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What a repair bought.</summary>
/// <param name="Name">The repair.</param>
/// <param name="Kept">False if it was tried and made nothing better.</param>
/// <param name="Measure">What was measured: <c>SQNR of the output, dB</c> say.</param>
/// <param name="Before">Without it.</param>
/// <param name="After">With it.</param>
/// <param name="Note">What it did, in a few words.</param>
internal sealed record RepairFigures(string Name, bool Kept, string Measure, double Before, double After, string Note);
