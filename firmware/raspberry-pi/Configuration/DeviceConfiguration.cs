using EdgeQuant.Boards;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Sinks;

namespace EdgeQuant.Device.Configuration;

/// <summary>What the configuration's file says.</summary>
internal sealed record DeviceConfiguration
{
    /// <summary>Full path of the model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The sensor; without a rate it runs at the model's.</summary>
    public required SensorSettings Sensor { get; init; }

    /// <summary>What takes the hardware's place; null: nothing does.</summary>
    public SimulationSettings? Simulation { get; init; }

    /// <summary>Full path of the log; null: there is none.</summary>
    public string? Log { get; init; }

    /// <summary>The log's size, and how safe it is from power cuts.</summary>
    public JsonLogOptions LogOptions { get; init; } = new();

    /// <summary>Which labels drive which pins.</summary>
    public IReadOnlyList<LabelPin> Pins { get; init; } = [];

    /// <summary>The broker that decisions are published to; null: none is.</summary>
    public MqttOptions? Mqtt { get; init; }

    /// <summary>The queue in front of it.</summary>
    public QueueOptions MqttQueue { get; init; } = new();

    /// <summary>Relative paths, to the configuration's folder, of the files that it names and that are read beside the model.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>How the weights of its models are kept.</summary>
    public ModelWeights Weights { get; init; }

    /// <summary>How many threads compute large layers of its models together.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The board's name, or "any"; null: not said.</summary>
    public string? Board { get; init; }

    /// <summary>What every model must be.</summary>
    public ModelRequirements Requirements => new()
    {
        Board = Board,
        Weights = Weights,
        Threads = Threads,
        Labels = [.. Pins.Select(pin => pin.Label).Where(label => label != DecisionRecord.UnknownText).Distinct(StringComparer.Ordinal)],
    };
}
