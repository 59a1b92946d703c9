using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How long the tool takes for a command that has next to nothing to do.</summary>
/// <param name="Command">The command.</param>
/// <param name="Nanoseconds">From before its process was started until it had ended.</param>
internal sealed record ToolStartFigures(string Command, Timing Nanoseconds);
