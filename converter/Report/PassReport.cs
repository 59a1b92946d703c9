namespace EdgeQuant.Converter.Report;

/// <summary>A pass over the graph.</summary>
/// <param name="Name">The pass.</param>
/// <param name="Nodes">Nodes that the device executes after it.</param>
internal sealed record PassReport(string Name, int Nodes);
