using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Simulation;

namespace EdgeQuant.Tool.Output;

/// <summary>Keeps what happens in a simulation for its JSON document.</summary>
internal sealed class SimulationLog(SimulatedRun run) : IDecisionSink
{
    /// <summary>All decisions.</summary>
    public List<SimulationDocument.Line> Decisions { get; } = [];

    /// <summary>What else happened.</summary>
    public List<SimulationDocument.Happening> Events { get; } = [];

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        Decisions.Add(new SimulationDocument.Line((decision.Time - run.Start).TotalSeconds, decision.LabelText, decision.Score, decision.Raised, decision.Latency.TotalMicroseconds));
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        Events.Add(new SimulationDocument.Happening((happening.Time - run.Start).TotalSeconds, happening.Kind, happening.Message));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
