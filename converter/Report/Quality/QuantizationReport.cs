using System.Text.Json;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>
/// What a conversion made of a network, for people: how large it is, what it lost, and where. What was not measured is null or empty: a
/// network that was quantized elsewhere has no calibration, and no error without its float original.
/// </summary>
internal sealed record QuantizationReport
{
    public required ReportSubject Subject { get; init; }

    public required SizeFigures Sizes { get; init; }

    /// <summary>How well the network does its task, in the measures that suit it; the first is the one that counts.</summary>
    public IReadOnlyList<AccuracyFigures> Accuracy { get; init; } = [];

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The tensors that operators, inputs and outputs name by position.</summary>
    public required IReadOnlyList<TensorQuality> Tensors { get; init; }

    /// <summary>Positions of the network's inputs, as the host gives them.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>Positions of the network's outputs, as the host gets them.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>What is executed: on the host before, on the device, on the host after, in this order.</summary>
    public required IReadOnlyList<OperatorQuality> Operators { get; init; }

    /// <summary>What flows between operators; passes have resolved tensors that lie inside others.</summary>
    public required IReadOnlyList<FlowEdge> Edges { get; init; }

    public CalibrationFacts? Calibration { get; init; }

    public IReadOnlyList<RepairFigures> Repairs { get; init; } = [];

    public SensitivityFigures? Sensitivity { get; init; }

    public required ArenaFigures Arena { get; init; }

    /// <summary>The recipe that the network was quantized by; null for a network that was quantized already.</summary>
    public JsonElement? Recipe { get; init; }
}
