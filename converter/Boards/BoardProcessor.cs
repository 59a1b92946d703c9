namespace EdgeQuant.Converter.Boards;

/// <summary>What computes on a board.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Architecture">The instruction set, arm64 or xtensa say.</param>
/// <param name="Cores">How many cores there are.</param>
/// <param name="ClockMegahertz">The clock, in megahertz.</param>
internal sealed record BoardProcessor(string Chip, string Architecture, int Cores, int ClockMegahertz);
