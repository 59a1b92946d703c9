namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Where an element of an output comes from.</summary>
/// <param name="Input">The position of the input.</param>
/// <param name="Index">The index on each of its axes.</param>
internal sealed record Origin(int Input, int[] Index);
