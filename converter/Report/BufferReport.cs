namespace EdgeQuant.Converter.Report;

/// <summary>A planned piece of the arena.</summary>
/// <param name="Index">Its number in the file.</param>
/// <param name="Offset">Where it starts in the arena.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="First">The operator that first writes it; -1 for an input of the network.</param>
/// <param name="Last">The operator that touches it last; the number of operators for an output of the network.</param>
internal sealed record BufferReport(int Index, int Offset, int Bytes, int First, int Last);
