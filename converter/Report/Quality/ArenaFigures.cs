namespace EdgeQuant.Converter.Report.Quality;

/// <summary>The arena over time.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="LowerBound">The largest set of tensors alive at once: no plan can be smaller.</param>
/// <param name="InPlace">Operators that write over their input.</param>
/// <param name="Operators">How many operators the device executes: the moments of the plan.</param>
/// <param name="Buffers">The pieces of the arena; their first and last operators count the device's only.</param>
internal sealed record ArenaFigures(int Bytes, int LowerBound, int InPlace, int Operators, IReadOnlyList<BufferReport> Buffers);
