namespace EdgeQuant.Firmware.Live;

/// <summary>An operator, as a live page calls it.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="Output">The shape of what it writes.</param>
public sealed record LiveOperator(string Name, string Output);
