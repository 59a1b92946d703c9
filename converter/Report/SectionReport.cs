namespace EdgeQuant.Converter.Report;

/// <summary>A section of a model file.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Bytes">Its length, without the padding before the next.</param>
internal sealed record SectionReport(string Name, int Offset, int Bytes);
