namespace EdgeQuant.Firmware.Simulation;

/// <summary>What a sensor or a recording gives is not what a model takes. The message says both, and what to do.</summary>
public sealed class SimulationException(string message) : Exception(message);
