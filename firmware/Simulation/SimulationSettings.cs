using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware.Models;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>How a recording is played to a model.</summary>
public sealed record SimulationSettings
{
    /// <summary>The sensor on the simulated board, as the catalog names it; null: the first one that measures what the model takes.</summary>
    public string? Sensor { get; init; }

    /// <summary>The sensor's full scale: of an accelerometer in g, of an analog input in millivolts; null: the usual one.</summary>
    public int? Range { get; init; }

    /// <summary>The full scale of the sensor's gyroscope, in degrees per second; null: the usual one.</summary>
    public int? RotationRange { get; init; }

    /// <summary>How the model's weights are kept.</summary>
    public ModelWeights Weights { get; init; }

    /// <summary>How many threads compute large layers together.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>At how many samples a second the recording was made, in millihertz; null: the model's rate.</summary>
    public int? RecordingRate { get; init; }

    /// <summary>How many times as fast as real time it is played; null: as fast as the machine can.</summary>
    public double? Speed { get; init; }

    /// <summary>What goes wrong with the sensor.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}
