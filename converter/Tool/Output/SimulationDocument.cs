using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Simulation;

namespace EdgeQuant.Tool.Output;

/// <summary>What a simulation printed.</summary>
/// <param name="Board">The board.</param>
/// <param name="DevicePackages">What the tool would reach real hardware with.</param>
/// <param name="Decisions">All decisions, in the order of time.</param>
/// <param name="Events">What else happened, in the order of time.</param>
/// <param name="Summary">What came of it.</param>
internal sealed record SimulationDocument(
    string Board,
    string DevicePackages,
    IReadOnlyList<SimulationDocument.Line> Decisions,
    IReadOnlyList<SimulationDocument.Happening> Events,
    SimulationSummary Summary)
{
    /// <param name="Time">Seconds since the board was started.</param>
    /// <param name="Label">The label, or "unknown".</param>
    /// <param name="Score">Its score, 0 to 1.</param>
    /// <param name="IsEvent">Whether it is a new event.</param>
    /// <param name="Latency">From the last sample to the decision, in microseconds, on this machine.</param>
    internal sealed record Line(double Time, string Label, double Score, bool IsEvent, double Latency);

    /// <param name="Time">Seconds since the board was started.</param>
    /// <param name="Kind">What happened.</param>
    /// <param name="Message">The same for people.</param>
    internal sealed record Happening(double Time, DeviceEventKind Kind, string Message);
}
