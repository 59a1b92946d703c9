namespace EdgeQuant.Boards.Simulator;

/// <summary>A fault of a simulated device, in time.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="From">When it starts, since the clock's start.</param>
/// <param name="To">When it is over; <see cref="TimeSpan.MaxValue"/>: never.</param>
public sealed record Fault(FaultKind Kind, TimeSpan From, TimeSpan To);
