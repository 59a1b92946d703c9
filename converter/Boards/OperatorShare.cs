namespace EdgeQuant.Converter.Boards;

/// <summary>An operator's part in the time of an inference.</summary>
/// <param name="Index">Its position in the order of execution.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Share">Its part of the network's time, 0 to 1.</param>
internal sealed record OperatorShare(int Index, string Kind, double Share);
