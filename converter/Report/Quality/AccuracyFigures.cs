namespace EdgeQuant.Converter.Report.Quality;

/// <summary>How well a network does its task, before and after quantization. What was not measured is null.</summary>
/// <param name="Measure">What is measured: <c>top-1</c>, <c>AUC</c>, <c>mean absolute error</c>.</param>
/// <param name="Unit">The unit: <c>%</c>, or empty.</param>
/// <param name="Samples">The samples that it was measured on.</param>
/// <param name="Source">Where they came from.</param>
/// <param name="Float">The float network.</param>
/// <param name="Simulated">The quantized network, simulated with real numbers on the desktop.</param>
/// <param name="Packed">The packed file, run with integers as on the device.</param>
/// <param name="HigherIsBetter">False for errors.</param>
/// <param name="MostDrop">The most that may be lost, in the unit; null where nobody set a limit.</param>
internal sealed record AccuracyFigures(
    string Measure,
    string Unit,
    int Samples,
    string Source,
    double? Float,
    double? Simulated,
    double? Packed,
    bool HigherIsBetter,
    double? MostDrop)
{
    /// <summary>What was lost from float to the packed file (without one, to the simulation); negative where something was gained.</summary>
    public double? Drop => (Packed ?? Simulated) is double quantized && Float is double real ? (HigherIsBetter ? real - quantized : quantized - real) : null;

    /// <summary>True if more was lost than allowed.</summary>
    public bool IsOverLimit => Drop is double drop && MostDrop is double most && drop > most;
}
