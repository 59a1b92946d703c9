namespace EdgeQuant.Benchmarks;

/// <summary>What operators alone take.</summary>
/// <param name="Machine">What they ran on.</param>
/// <param name="Operators">The operators.</param>
internal sealed record OperatorDocument(MachineFigures Machine, IReadOnlyList<OperatorRates> Operators);
