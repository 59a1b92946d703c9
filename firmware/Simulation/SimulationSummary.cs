namespace EdgeQuant.Firmware.Simulation;

/// <summary>What came of a simulation.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="SampleRate">Samples a second that it gave, in hertz.</param>
/// <param name="Channels">Its channels that the model took.</param>
/// <param name="Seconds">How long the board ran, by its clock.</param>
/// <param name="Samples">Samples that were read.</param>
/// <param name="Lost">Samples that were lost.</param>
/// <param name="Decisions">Decisions that were made.</param>
/// <param name="Labels">How often each label was decided and how many events it raised, in the model's order; "unknown" last.</param>
/// <param name="MeanLatency">Mean time from the arrival of a sample to its decision, on this machine, in microseconds.</param>
/// <param name="LongestLatency">The longest, in microseconds.</param>
/// <param name="Deadline">Time from a decision to the next, in microseconds.</param>
/// <param name="MissedDeadlines">Decisions that took longer.</param>
/// <param name="AllocatedBytes">Bytes that were allocated from one decision to the next, where nothing else was reported between.</param>
public sealed record SimulationSummary(
    string Sensor,
    double SampleRate,
    IReadOnlyList<string> Channels,
    double Seconds,
    long Samples,
    long Lost,
    int Decisions,
    IReadOnlyList<LabelCount> Labels,
    double MeanLatency,
    double LongestLatency,
    double Deadline,
    int MissedDeadlines,
    long AllocatedBytes);
