namespace EdgeQuant.Converter.Report;

/// <summary>What one core can do at most.</summary>
/// <param name="Instruction">The instruction that multiplies and accumulates.</param>
/// <param name="MacsPerSecond">Multiplications of 8-bit numbers that were accumulated in 32 bits, in a second; measured.</param>
internal sealed record PeakReport(string Instruction, double MacsPerSecond);
