using EdgeQuant.Boards.Simulator;

namespace EdgeQuant.Device.Configuration;

/// <summary>A simulated board, whose sensor measures what a recording holds.</summary>
/// <param name="Recording">Full path of the recording, one line for each of the sensor's samples.</param>
/// <param name="Repeat">Whether it starts over when it is over; otherwise the program ends then.</param>
/// <param name="Faults">What goes wrong with the sensor.</param>
internal sealed record SimulationSettings(string Recording, bool Repeat, IReadOnlyList<Fault> Faults);
