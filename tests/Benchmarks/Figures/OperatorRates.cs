namespace EdgeQuant.Benchmarks;

/// <summary>How fast an operator alone is.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Macs">Its multiplications.</param>
/// <param name="Sets">With each kernel set.</param>
internal sealed record OperatorRates(string Name, long Macs, IReadOnlyList<OperatorRate> Sets);
