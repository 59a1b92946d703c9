namespace EdgeQuant.Firmware.Simulation;

/// <summary>How often a label was decided.</summary>
/// <param name="Label">The label.</param>
/// <param name="Decisions">Decisions for it.</param>
/// <param name="Events">Events that it raised.</param>
public sealed record LabelCount(string Label, int Decisions, int Events);
