namespace EdgeQuant.Converter.Plan;

/// <summary>How well a plan did.</summary>
/// <param name="Bytes">The size of the arena.</param>
/// <param name="LowerBound">The largest set of buffers alive at once: no plan can be smaller.</param>
/// <param name="InPlace">The number of operators that compute in place.</param>
internal sealed record ArenaPlan(int Bytes, int LowerBound, int InPlace);
